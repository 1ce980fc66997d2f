using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// What names a syntax tree mentions, and where it calls them. Nearly every file mentions nothing of interest: that is told from the text alone, and of the others only the places are
/// looked at where a name stands. Kept for as long as the tree lives, so that an edit costs the edited file.
/// </summary>
sealed class TreeMentions
{
    /// <summary>Properties that are looked for by whose method is called, because those methods may have any name, as where Serilog is told its sinks, or the name that every collection has.</summary>
    public static readonly string[] Receivers = ["WriteTo", "AuditTo", AddedFilters.Filters, AddedFilters.Interceptors];

    static readonly ConditionalWeakTable<SyntaxTree, TreeMentions> Cache = new();

    readonly SyntaxTree tree;

    // Every identifier and keyword by its hash, and where it stands: the first array is sorted, the second by it.
    readonly int[] hashes;
    readonly int[] positions;
    readonly Dictionary<string, IReadOnlyList<SyntaxNode>> sites = new(StringComparer.Ordinal);

    TreeMentions(SyntaxTree tree)
    {
        this.tree = tree;
        (hashes, positions) = Identifiers(tree.GetText().ToString());
    }

    public static TreeMentions Of(SyntaxTree tree) => Cache.GetValue(tree, static t => new TreeMentions(t));

    /// <summary>Whether the identifier occurs anywhere in the text. May say yes in error, never no.</summary>
    public bool Mentions(MentionedName name) => Array.BinarySearch(hashes, name.Hash) >= 0;

    public bool MentionsAny(MentionedName[] names)
    {
        foreach (var name in names)
        {
            if (Mentions(name))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Where the tree calls a method of this name (or one with a type argument of this name), hands it on as a method group, creates a type of this name, derives
    /// from it or assigns to a property of this name: the invocation, the argument's expression, the creation, the base type or the assignment.
    /// For a name among the <see cref="Receivers"/>, where a method of it is called. What stands around another comes before it.
    /// </summary>
    public IReadOnlyList<SyntaxNode> Sites(MentionedName name, CancellationToken cancellation)
    {
        if (!Mentions(name))
            return [];
        lock (sites)
        {
            if (!sites.TryGetValue(name.Text, out var found))
                sites.Add(name.Text, found = Find(name, cancellation));
            return found;
        }
    }

    /// <summary>Whether the identifier stands in the code, and not in its comments and strings only.</summary>
    public bool Writes(MentionedName name) => Mentions(name) && Written(name, CancellationToken.None).Any();

    /// <summary>The tokens that read so, without those with an <c>@</c>.</summary>
    public IEnumerable<SyntaxToken> Tokens(MentionedName name, CancellationToken cancellation)
    {
        foreach (var token in Written(name, cancellation))
        {
            if (token.Span.Length == name.Text.Length)
                yield return token;
        }
    }

    IReadOnlyList<SyntaxNode> Find(MentionedName name, CancellationToken cancellation)
    {
        var found = new List<SyntaxNode>();
        foreach (var token in Written(name, cancellation))
        {
            if (token.Parent is SimpleNameSyntax simple)
                AddSites(Whole(simple), name.Text, found);
            else if (token.Parent is ImplicitObjectCreationExpressionSyntax creation && TargetTypeName(creation) == ImplicitCreation)
                found.Add(creation);
        }
        found.Sort(static (x, y) => x.FullSpan.Start != y.FullSpan.Start ? x.FullSpan.Start.CompareTo(y.FullSpan.Start) : y.FullSpan.End.CompareTo(x.FullSpan.End));
        return found;
    }

    IEnumerable<SyntaxToken> Written(MentionedName name, CancellationToken cancellation)
    {
        var at = Array.BinarySearch(hashes, name.Hash);
        if (at < 0)
            yield break;
        while (at > 0 && hashes[at - 1] == name.Hash)
            at--;
        var root = tree.GetRoot(cancellation);
        for (; at < hashes.Length && hashes[at] == name.Hash; at++)
        {
            // In a comment or a string the token found starts elsewhere; another word may have the same hash.
            var token = root.FindToken(positions[at]);
            if (token.SpanStart >= positions[at] - 1 && token.ValueText == name.Text && token.SpanStart + token.Span.Length == positions[at] + name.Text.Length)
                yield return token;
        }
    }

    /// <summary>The expression or type that ends in the name.</summary>
    static ExpressionSyntax Whole(SimpleNameSyntax simple)
    {
        ExpressionSyntax whole = simple.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == simple => access,
            MemberBindingExpressionSyntax binding => binding,
            QualifiedNameSyntax name when name.Right == simple => name,
            AliasQualifiedNameSyntax name when name.Name == simple => name,
            _ => simple,
        };
        while (whole.Parent is NullableTypeSyntax type)
            whole = type;
        return whole;
    }

    static void AddSites(ExpressionSyntax whole, string name, List<SyntaxNode> found)
    {
        switch (whole.Parent)
        {
            case InvocationExpressionSyntax invocation when invocation.Expression == whole:
                found.Add(invocation);
                break;
            case ObjectCreationExpressionSyntax creation when creation.Type == whole:
                found.Add(creation);
                break;
            case BaseTypeSyntax type:
                found.Add(type);
                break;
            case ArgumentSyntax when whole is IdentifierNameSyntax or MemberAccessExpressionSyntax:
                found.Add(whole);
                break;
            case AssignmentExpressionSyntax assignment when assignment.Left == whole && whole is MemberAccessExpressionSyntax:
                found.Add(assignment);
                break;
            case TypeArgumentListSyntax { Parent: GenericNameSyntax generic } when Whole(generic) is { Parent: InvocationExpressionSyntax call } called && call.Expression == called && called is not AliasQualifiedNameSyntax:
                found.Add(call);
                break;
            case VariableDeclarationSyntax declaration:
                foreach (var variable in declaration.Variables)
                    AddCreation(variable.Initializer?.Value, found);
                break;
            case PropertyDeclarationSyntax property when property.Type == whole:
                AddCreation(property.Initializer?.Value, found);
                AddCreation(property.ExpressionBody?.Expression, found);
                break;
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == whole && call.Expression == access && whole is MemberAccessExpressionSyntax && Array.IndexOf(Receivers, name) >= 0:
                found.Add(call);
                break;
        }
    }

    static void AddCreation(ExpressionSyntax? value, List<SyntaxNode> found)
    {
        if (value is ImplicitObjectCreationExpressionSyntax)
            found.Add(value);
    }

    static (int[] Hashes, int[] Positions) Identifiers(string text)
    {
        var (hashes, positions) = (new List<int>(text.Length / 8), new List<int>(text.Length / 8));
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsIdentifierPart(text[i]))
                continue;
            var (hash, start) = (MentionedName.Seed, i);
            for (; i < text.Length && IsIdentifierPart(text[i]); i++)
                hash = MentionedName.Add(hash, text[i]);
            hashes.Add(hash);
            positions.Add(start);
        }
        var (sorted, by) = (hashes.ToArray(), positions.ToArray());
        Array.Sort(sorted, by);
        return (sorted, by);
    }

    static bool IsIdentifierPart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' || (c > 127 && char.IsLetter(c));

    public static string? SimpleName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        NullableTypeSyntax type => SimpleName(type.ElementType),
        _ => null,
    };

    /// <summary>The type's name where <c>new(…)</c> initialises a declaration; the binder knows the others, and they are found by <see cref="ImplicitCreation"/>.</summary>
    static string TargetTypeName(ImplicitObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => SimpleName(declaration.Type) ?? ImplicitCreation,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => SimpleName(property.Type) ?? ImplicitCreation,
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => SimpleName(property.Type) ?? ImplicitCreation,
        _ => ImplicitCreation,
    };

    /// <summary>Under this name a tree lists its <c>new(…)</c> whose type is not written beside it.</summary>
    public const string ImplicitCreation = "new";

    public IReadOnlyList<SyntaxNode> ImplicitCreations(CancellationToken cancellation) => Sites(new MentionedName(ImplicitCreation), cancellation);
}

/// <summary>A name to look for, hashed once.</summary>
readonly struct MentionedName(string text)
{
    public const int Seed = unchecked((int)2166136261);

    public string Text { get; } = text;

    public int Hash { get; } = HashOf(text);

    public static int Add(int hash, char c) => unchecked((hash ^ c) * 16777619);

    static int HashOf(string text)
    {
        var hash = Seed;
        foreach (var c in text)
            hash = Add(hash, c);
        return hash;
    }
}
