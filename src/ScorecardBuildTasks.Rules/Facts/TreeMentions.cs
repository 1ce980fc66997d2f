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

    // Every identifier and keyword in the order of the text: its hash, where it stands, and the next one whose hash ends in the same bits. The first of those is in its bucket.
    readonly (int Hash, int Position, int Next)[] words;
    readonly int[] buckets;
    readonly Dictionary<string, IReadOnlyList<SyntaxNode>> sites = new(StringComparer.Ordinal);

    static readonly bool[] IsAsciiPart = Enumerable.Range(0, 128).Select(c => c == '_' || char.IsLetterOrDigit((char)c)).ToArray();

    TreeMentions(SyntaxTree tree)
    {
        this.tree = tree;
        words = Words(tree.GetText().ToString());
        buckets = Linked(words);
    }

    public static TreeMentions Of(SyntaxTree tree) => Cache.GetValue(tree, static t => new TreeMentions(t));

    /// <summary>Whether the identifier occurs anywhere in the text. May say yes in error, never no.</summary>
    public bool Mentions(MentionedName name) => Next(name.Hash, buckets[name.Hash & (buckets.Length - 1)]) >= 0;

    public bool MentionsAny(MentionedName[] names)
    {
        foreach (var name in names)
        {
            if (Mentions(name))
                return true;
        }
        return false;
    }

    /// <summary>Which of the names it mentions, in their order; for a long list, of which a file nearly always mentions none.</summary>
    public IEnumerable<MentionedName> Mentioned(MentionedNames wanted)
    {
        var found = new SortedSet<int>();
        foreach (var word in words)
        {
            if (wanted.MayHave(word.Hash))
                found.UnionWith(wanted.Having(word.Hash));
        }
        return found.Select(index => wanted.All[index]);
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
        var at = Next(name.Hash, buckets[name.Hash & (buckets.Length - 1)]);
        if (at < 0)
            yield break;
        var root = tree.GetRoot(cancellation);
        for (; at >= 0; at = Next(name.Hash, words[at].Next))
        {
            var position = words[at].Position;
            // In a comment or a string the token found starts elsewhere; another word may have the same hash.
            var token = root.FindToken(position);
            if (token.SpanStart >= position - 1 && token.ValueText == name.Text && token.SpanStart + token.Span.Length == position + name.Text.Length)
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

    /// <summary>The first word from here on in its bucket that has the hash; negative where there is none.</summary>
    int Next(int hash, int at)
    {
        while (at >= 0 && words[at].Hash != hash)
            at = words[at].Next;
        return at;
    }

    [ThreadStatic]
    static List<(int, int, int)>? scratch;

    static (int Hash, int Position, int Next)[] Words(string text)
    {
        var words = scratch ??= [];
        words.Clear();
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsIdentifierPart(text[i]))
                continue;
            var (hash, start) = (MentionedName.Seed, i);
            for (; i < text.Length && IsIdentifierPart(text[i]); i++)
                hash = MentionedName.Add(hash, text[i]);
            words.Add((hash, start, -1));
        }
        return words.ToArray();
    }

    /// <summary>Links each word to the next in its bucket, so that a name is looked up without sorting.</summary>
    static int[] Linked((int Hash, int Position, int Next)[] words)
    {
        var size = 16;
        while (size < words.Length)
            size *= 2;
        var buckets = new int[size];
        for (var i = 0; i < size; i++)
            buckets[i] = -1;
        // From the end, so that each bucket is in the order of the text.
        for (var i = words.Length - 1; i >= 0; i--)
        {
            ref var bucket = ref buckets[words[i].Hash & (size - 1)];
            (words[i].Next, bucket) = (bucket, i);
        }
        return buckets;
    }

    static bool IsIdentifierPart(char c) => c < 128 ? IsAsciiPart[c] : char.IsLetter(c);

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

/// <summary>Names that every file is searched for, of which a file's words are told with a look at one bit.</summary>
sealed class MentionedNames
{
    /// <summary>Sixteen bits and more for each of a few hundred names.</summary>
    const int Bits = 1 << 13;

    readonly ulong[] bits = new ulong[Bits / 64];
    readonly ILookup<int, int> indexes;

    public MentionedNames(IEnumerable<MentionedName> names)
    {
        All = names.ToArray();
        indexes = Enumerable.Range(0, All.Length).ToLookup(i => All[i].Hash);
        foreach (var name in All)
            bits[(name.Hash & (Bits - 1)) >> 6] |= 1UL << (name.Hash & 63);
    }

    public MentionedName[] All { get; }

    /// <summary>Whether one of the names may have the hash.</summary>
    public bool MayHave(int hash) => (bits[(hash & (Bits - 1)) >> 6] & (1UL << (hash & 63))) != 0;

    /// <summary>Where among all names those stand that have the hash.</summary>
    public IEnumerable<int> Having(int hash) => indexes[hash];
}
