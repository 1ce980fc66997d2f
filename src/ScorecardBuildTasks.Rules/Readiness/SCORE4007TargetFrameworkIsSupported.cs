using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>A service is built for a framework that still gets security fixes. The build compares the dates; the compiler sees an end only when it is past.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4007TargetFrameworkIsSupported() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4007TargetFrameworkIsSupported),
        level: 1,
        AppliesTo.Service,
        title: "The target framework is supported",
        message: "{0}",
        description: "A framework out of support gets no security fixes any more: the next vulnerability in it stays open.");

    private protected override Verdict Judge(RuleContext rule)
    {
        var (framework, end) = (rule.Build.TargetFramework, rule.Build.TargetFrameworkEndOfSupport);
        if (end.Length == 0)
            return Verdict.Passes;
        return DateTime.TryParseExact(end, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? Verdict.Failing($"'{rule.Compilation.AssemblyName}' is built for '{framework}', whose support ended on {end}")
            : Verdict.Undecided($"when the support of '{framework}' ends is not known to this version of the package");
    }
}
