using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>What the sources of a service's tests declare, by name, and what their usings bring. Made when a rule first asks.</summary>
sealed class TestSourceIndex
{
    static readonly string[] KnownTestNamespaces =
        ["Xunit", "NUnit", "Microsoft", "System", "TUnit", "Bunit", "Testcontainers", "DotNet", "Aspire", "MassTransit", "NServiceBus", "FluentValidation", "WireMock", "Moq", "Verify", "VerifyTests"];

    readonly Dictionary<string, List<SyntaxNode>> methods = new(StringComparer.Ordinal);
    readonly Dictionary<string, ExpressionSyntax?> constants = new(StringComparer.Ordinal);
    readonly HashSet<string> namespaces = new(StringComparer.Ordinal);
    readonly Dictionary<string, Usings> globalUsings = new(StringComparer.Ordinal);
    readonly Dictionary<SyntaxTree, string> projects = [];
    readonly ConcurrentDictionary<SyntaxTree, Usings> usings = [];

    public TestSourceIndex(IReadOnlyCollection<TestSource> sources, CancellationToken cancellation)
    {
        // Parsing is most of the work; the order of the answers is that of the files.
        foreach (var (source, root) in sources.AsParallel().AsOrdered().WithCancellation(cancellation).Select(s => (s, (CompilationUnitSyntax)s.Tree.GetRoot(cancellation))))
            Add(source, root);
    }

    public Dictionary<string, List<TypeDeclarationSyntax>> Types { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<SyntaxNode> MethodsOf(string name) => methods.TryGetValue(name, out var found) ? found : [];

    /// <summary>The value of the one constant of this name; null where there is none, or more.</summary>
    public ExpressionSyntax? ConstantOf(string name) => constants.TryGetValue(name, out var value) ? value : null;

    /// <summary>The framework that a file's usings name, or those of another file of its project; null where the project file alone says it.</summary>
    public string? FrameworkOf(SyntaxTree tree) => UsingsOf(tree).Framework ?? GlobalUsingsOf(tree)?.Framework;

    /// <summary>Whether the methods of an assertion class are called without its name: <c>using static Xunit.Assert</c>.</summary>
    public bool UsesAssertionsStatically(SyntaxTree tree) => UsingsOf(tree).AssertsStatically || GlobalUsingsOf(tree) is { AssertsStatically: true };

    /// <summary>A namespace for tests that a file uses and no source declares.</summary>
    public string? UnseenTestNamespaceOf(SyntaxTree tree) => UsingsOf(tree).TestNamespaces.Concat(GlobalUsingsOf(tree)?.TestNamespaces ?? []).FirstOrDefault(space => !namespaces.Contains(space));

    /// <summary>The simple name of what a using alias stands for.</summary>
    public string? AliasedBy(string name, SyntaxTree tree) => UsingsOf(tree).Aliases.TryGetValue(name, out var target) || (GlobalUsingsOf(tree)?.Aliases.TryGetValue(name, out target) ?? false) ? target : null;

    /// <summary>Whether a class has a base of which no source is here.</summary>
    public bool InheritsFromOutside(TypeDeclarationSyntax type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Outside(type);

        bool Outside(TypeDeclarationSyntax declaration) => seen.Add(declaration.Identifier.ValueText) && declaration.BaseList is { } bases && bases.Types.Any(b =>
            TreeMentions.SimpleName(b.Type) is { } name && (Types.TryGetValue(name, out var declared) ? declared.Exists(Outside) : !IsInterfaceName(name)));
    }

    void Add(TestSource source, CompilationUnitSyntax root)
    {
        projects[root.SyntaxTree] = source.Project;
        var global = root.Usings.Where(u => u.GlobalKeyword.RawKind != 0).ToList();
        if (global.Count > 0)
            globalUsings[source.Project] = globalUsings.TryGetValue(source.Project, out var before) ? before.And(Usings.Of(global)) : Usings.Of(global);
        foreach (var member in TestReader.MembersOf(root))
        {
            switch (member)
            {
                case MethodDeclarationSyntax method:
                    AddTo(methods, method.Identifier.ValueText, method);
                    break;
                case TypeDeclarationSyntax type:
                    AddTo(Types, type.Identifier.ValueText, type);
                    break;
                case BaseNamespaceDeclarationSyntax space:
                    namespaces.Add(space.Name.ToString());
                    break;
                case FieldDeclarationSyntax field when field.Modifiers.Any(m => m.ValueText == "const"):
                    foreach (var variable in field.Declaration.Variables)
                        constants[variable.Identifier.ValueText] = constants.ContainsKey(variable.Identifier.ValueText) ? null : variable.Initializer?.Value;
                    break;
            }
        }
    }

    Usings UsingsOf(SyntaxTree tree) => usings.GetOrAdd(tree, static t => Usings.Of(t.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>()));

    Usings? GlobalUsingsOf(SyntaxTree tree) => projects.TryGetValue(tree, out var project) && globalUsings.TryGetValue(project, out var global) ? global : null;

    static void AddTo<T, TNode>(Dictionary<string, List<T>> to, string name, TNode node) where TNode : T
    {
        if (!to.TryGetValue(name, out var list))
            to.Add(name, list = []);
        list.Add(node);
    }

    static bool IsInterfaceName(string name) => name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]);

    sealed record Usings(string? Framework, bool AssertsStatically, IReadOnlyList<string> TestNamespaces, IReadOnlyDictionary<string, string> Aliases)
    {
        public static Usings Of(IEnumerable<UsingDirectiveSyntax> directives)
        {
            string? framework = null;
            var asserts = false;
            var spaces = new List<string>();
            var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var directive in directives)
            {
                if (directive.Name is not { } target)
                    continue;
                var name = target.ToString();
                framework ??= TestAttribute.Frameworks.FirstOrDefault(f => name == f || name.StartsWith(f + ".", StringComparison.Ordinal));
                if (directive.Alias is { } alias)
                    aliases[alias.Name.Identifier.ValueText] = TreeMentions.SimpleName(target) ?? "";
                else if (directive.StaticKeyword.RawKind != 0)
                    asserts |= AssertionName.IsAssertionType(TreeMentions.SimpleName(target) ?? "");
                else if (IsForTests(name))
                    spaces.Add(name);
            }
            return new Usings(framework, asserts, spaces, aliases);
        }

        public Usings And(Usings other) => new(
            Framework ?? other.Framework, AssertsStatically || other.AssertsStatically, [.. TestNamespaces, .. other.TestNamespaces],
            Aliases.Concat(other.Aliases).GroupBy(a => a.Key).ToDictionary(a => a.Key, a => a.First().Value));

        static bool IsForTests(string space)
        {
            var segments = space.Split('.');
            return !KnownTestNamespaces.Contains(segments[0], StringComparer.Ordinal) && segments.SelectMany(AssertionName.WordsOf).Any(word => word is "Test" or "Tests" or "Testing" or "Specs" or "Assertions");
        }
    }
}
