using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>A test that is skipped says why.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE3003SkippedTestHasReason() : TestRule(Description)
{
    static readonly DiagnosticDescriptor Description = TestingScorecard.Instance.Describe(
        typeof(SCORE3003SkippedTestHasReason),
        level: 2,
        AppliesTo.Test,
        title: "Every skipped test has a reason",
        message: "'{0}' is skipped {1}",
        description: "A skipped test that says why is put back to work when the why is gone; any other stays skipped.");

    private protected override void Examine(SyntaxNode root, TestReader reader, AssertionSearch assertions, TestFindings findings)
    {
        foreach (var member in TestReader.MembersOf(root))
        {
            if (member.AttributeLists.Count == 0 || NameOf(member) is not { } name)
                continue;
            foreach (var (attribute, known) in reader.AttributesOf(member))
            {
                foreach (var reason in SkipReasons.Of(attribute, known))
                {
                    // What is neither a constant nor absent is a reason that somebody has thought of.
                    var text = reason is null ? "" : reader.TextOf(reason);
                    if (text is not null && IsPlaceholder(text))
                        findings.Report(attribute.Name.GetLastToken(), name, text.Trim().Length == 0 ? "without a reason" : $"for no more than '{text.Trim()}'");
                }
            }
        }
    }

    /// <summary>Words that only say again what the attribute says are no reason either.</summary>
    internal static bool IsPlaceholder(string text) =>
        Reason.IsPlaceholder(text) || Reason.Words(text).ToLowerInvariant() is "skip" or "skipped" or "skip test" or "ignore test" or "disabled" or "explicit" or "manual" or "do not run" or "don't run";

    static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } method => $"{type.Identifier.ValueText}.{method.Identifier.ValueText}",
        TypeDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };
}
