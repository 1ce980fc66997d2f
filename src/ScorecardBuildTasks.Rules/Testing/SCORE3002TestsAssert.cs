using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Every test asserts, itself or through a helper.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE3002TestsAssert() : TestRule(Description)
{
    static readonly DiagnosticDescriptor Description = TestingScorecard.Instance.Describe(
        typeof(SCORE3002TestsAssert),
        level: 2,
        AppliesTo.Test,
        title: "Every test asserts",
        message: "Test '{0}' {1}",
        description: "A test that asserts nothing passes whatever the code does, and counts as coverage all the same.");

    /// <summary>A test says by its name that not to throw is all it wants.</summary>
    static readonly string[] SmokeTests = ["NotThrow", "NoThrow", "NoException", "WithoutException", "WithoutThrowing", "WithoutError", "NotFail", "NotCrash", "Smoke"];

    private protected override void Examine(SyntaxNode root, TestReader reader, AssertionSearch assertions, TestFindings findings)
    {
        foreach (var method in TestReader.MembersOf(root).OfType<MethodDeclarationSyntax>())
        {
            if (method.AttributeLists.Count == 0 || (method.Body is null && method.ExpressionBody is null) || ReturnsAResult(method))
                continue;
            var attributes = reader.AttributesOf(method).ToList();
            // What a skipped test asserts shows when it runs again.
            if (!attributes.Exists(a => a.Known.IsTest) || attributes.Exists(a => a.Known.ExpectsException || SkipReasons.Of(a.Syntax, a.Known).Any()) || IsSkipped(method.Parent, reader))
                continue;
            var isEmpty = method.Body is { Statements.Count: 0 };
            if (!isEmpty && SaysItIsASmokeTest(method.Identifier.ValueText))
                continue;
            var (asserts, unknown) = assertions.Of(method);
            if (asserts)
                continue;
            var name = $"{(method.Parent as TypeDeclarationSyntax)?.Identifier.ValueText}.{method.Identifier.ValueText}";
            if (unknown is null)
                findings.Report(method.Identifier, name, isEmpty ? "is empty" : "asserts nothing");
            else
                findings.Undecided($"'{name}' asserts nothing itself and calls '{unknown}', which cannot be looked into");
        }
    }

    static bool IsSkipped(SyntaxNode? type, TestReader reader) => type is TypeDeclarationSyntax declaration && reader.AttributesOf(declaration).Any(a => SkipReasons.Of(a.Syntax, a.Known).Any());

    /// <summary>A value that a test returns is compared with the expected one: NUnit's ExpectedResult, or a property that holds.</summary>
    static bool ReturnsAResult(MethodDeclarationSyntax method) => TreeMentions.SimpleName(method.ReturnType) switch
    {
        "Task" or "ValueTask" => method.ReturnType.DescendantNodesAndSelf().OfType<GenericNameSyntax>().Any(),
        _ => method.ReturnType is not PredefinedTypeSyntax { Keyword.ValueText: "void" },
    };

    static bool SaysItIsASmokeTest(string name)
    {
        var letters = name.Replace("_", "");
        return Array.Exists(SmokeTests, words => letters.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0);
    }
}
