using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>A type or method by which a test starts a service and talks to it, and the namespace that has it.</summary>
sealed record ServiceHost(string Name, string Namespace, bool StartsTypeArgument = false)
{
    /// <summary>Starts services as processes of their own.</summary>
    const string Aspire = "Aspire.Hosting.Testing";

    static readonly ServiceHost[] All =
    [
        new("WebApplicationFactory", "Microsoft.AspNetCore.Mvc.Testing", StartsTypeArgument: true),
        new("TestServer", "Microsoft.AspNetCore.TestHost"),
        new("UseTestServer", "Microsoft.AspNetCore.TestHost"),
        new("GetTestServer", "Microsoft.AspNetCore.TestHost"),
        new("GetTestClient", "Microsoft.AspNetCore.TestHost"),
        new("DistributedApplicationTestingBuilder", Aspire),
        new("DistributedApplicationFactory", Aspire),
        new("AlbaHost", "Alba"),
        new("AppFixture", "FastEndpoints.Testing", StartsTypeArgument: true),
    ];

    readonly MentionedName mentioned = new(Name);

    /// <summary>Where tests start this service: yes, no, or by a name whose namespace no source brings.</summary>
    /// <param name="withoutAssembly">Test projects that cannot host the service in their own process.</param>
    public static (bool Starts, string? Undecided) In(TestSources tests, IReadOnlyList<string> withoutAssembly, Compilation service, CancellationToken cancellation)
    {
        string? undecided = null;
        var skipped = new SkippedTests(tests.Index);
        foreach (var test in tests.Files)
        {
            var mentions = TreeMentions.Of(test.Tree);
            foreach (var host in All)
            {
                if (!mentions.Mentions(host.mentioned) || (host.Namespace != Aspire && withoutAssembly.Contains(test.Project)))
                    continue;
                foreach (var use in test.Tree.GetRoot(cancellation).DescendantNodes().OfType<SimpleNameSyntax>().Where(n => n.Identifier.ValueText == host.Name))
                {
                    if (!host.Starts(use, service, cancellation) || skipped.Contain(use))
                        continue;
                    if (host.IsBroughtTo(test, use, tests, cancellation))
                        return (true, null);
                    if (!IsDeclaredIn(tests, host.Name, cancellation))
                        undecided = $"'{host.Name}' in '{Path.GetFileName(test.Path)}' may be that of {host.Namespace}, which no using of the tests' sources names";
                }
            }
        }
        return (false, undecided);
    }

    /// <summary>Tests of several services start one each; which, the type argument says, unless it is that of a factory for any.</summary>
    bool Starts(SimpleNameSyntax use, Compilation service, CancellationToken cancellation)
    {
        if (!StartsTypeArgument || use is not GenericNameSyntax { TypeArgumentList.Arguments: { Count: > 0 } arguments })
            return !StartsTypeArgument;
        if (arguments[0] is OmittedTypeArgumentSyntax || TreeMentions.SimpleName(arguments[0]) is not { } started)
            return false;
        if (use.Ancestors().OfType<TypeDeclarationSyntax>().Any(t => t.TypeParameterList?.Parameters.Any(p => p.Identifier.ValueText == started) == true))
            return true;
        var candidates = service.GetSymbolsWithName(started, SymbolFilter.Type, cancellation).ToList();
        return arguments[0] is QualifiedNameSyntax { Left: var left }
            ? candidates.Exists(c => SymbolName.Of((ITypeSymbol)c).EndsWith($"{left}.{started}".Replace("global::", ""), StringComparison.Ordinal))
            : candidates.Count > 0 || started == "Program";
    }

    bool IsBroughtTo(TestSource test, SimpleNameSyntax use, TestSources tests, CancellationToken cancellation)
    {
        if (use.Parent is QualifiedNameSyntax qualified && qualified.Right == use)
            return qualified.Left.ToString().Replace("global::", "") == Namespace;
        return Usings(test, cancellation).Any(u => u.Name?.ToString() == Namespace)
            || tests.Files.Any(other => other.Project == test.Project && Usings(other, cancellation).Any(u => u.GlobalKeyword.RawKind != 0 && u.Name?.ToString() == Namespace));
    }

    static IEnumerable<UsingDirectiveSyntax> Usings(TestSource test, CancellationToken cancellation) =>
        test.Tree.GetRoot(cancellation).DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>();

    static bool IsDeclaredIn(TestSources tests, string name, CancellationToken cancellation)
    {
        var mentioned = new MentionedName(name);
        return tests.Files.Where(t => TreeMentions.Of(t.Tree).Mentions(mentioned))
            .SelectMany(t => t.Tree.GetRoot(cancellation).DescendantNodes())
            .Any(n => n switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.ValueText == name,
                MethodDeclarationSyntax method => method.Identifier.ValueText == name,
                _ => false,
            });
    }
}
