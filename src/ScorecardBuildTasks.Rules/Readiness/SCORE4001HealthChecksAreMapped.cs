using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>A service registers health checks and answers for them, in every environment.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4001HealthChecksAreMapped() : EntryPointRule(Description)
{
    /// <summary>The property of a finding that carries what is missing altogether; a finding on what is there outside production has none.</summary>
    public const string LackingProperty = "lacking";

    public const string Registration = "registration";
    public const string Mapping = "mapping";
    public const string Both = "both";

    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4001HealthChecksAreMapped),
        level: 1,
        AppliesTo.Service,
        title: "Health checks are registered and mapped",
        message: "{0}",
        description: "The platform restarts and routes by what the health endpoint says. Checks that nobody can ask, or only in Development, are none.");

    private protected override Verdict Judge(RuleContext rule)
    {
        var (wired, name) = (rule.Wired, rule.Compilation.AssemblyName);
        var registered = wired.Has(AssemblyFact.HealthChecks);
        var mapped = wired.Has(AssemblyFact.HealthEndpoint);
        if (registered && mapped)
            return Verdict.Passes;
        if (!rule.Build.WritesAssemblyFacts)
            return Verdict.Undecided("ScorecardAssemblyFacts=false switches off the detection of wiring");
        if ((registered ? null : wired.MaybeVia(AssemblyFact.HealthChecks)) is { } registering)
            return Verdict.Undecided($"'{registering}' may register health checks and cannot be looked into");
        if ((mapped ? null : wired.MaybeVia(AssemblyFact.HealthEndpoint)) is { } mapping)
            return Verdict.Undecided($"'{mapping}' may map health checks and cannot be looked into");
        if (mapped)
            return Failing("maps health checks and registers none, so that it does not start").With(LackingProperty, Registration);
        if (wired.Has(AssemblyFact.HandWrittenHealthEndpoint))
            return Verdict.Undecided("a health endpoint is written by hand; whether it checks anything is not judged");
        if (wired.Has(AssemblyFact.HealthEndpointInDevelopment))
            return Failing(registered ? "maps its health checks outside production only" : "maps health checks outside production only and registers none");
        if (!wired.Has(AssemblyFact.HttpPipeline) && !RegistersItself(rule))
            return Verdict.NotApplicable("without an HTTP pipeline there is nothing to map health checks on; a service that registers some with a publisher is judged");
        return registered
            ? Failing("registers health checks and neither maps nor publishes them").With(LackingProperty, Mapping)
            : Failing("neither registers nor maps health checks").With(LackingProperty, Both);

        Verdict Failing(string what) => Verdict.Failing($"'{name}' {what}");
    }

    /// <summary>A worker that merely calls a shared library's defaults has not asked for health checks.</summary>
    static bool RegistersItself(RuleContext rule) =>
        rule.Wired.Certain(AssemblyFact.HealthChecks).Any(f => rule.Compilation.Assembly.GetTypeByMetadataName(f.Via.Substring(0, Math.Max(f.Via.LastIndexOf('.'), 0))) is not null);
}
