using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>A service's telemetry says which service it is of, which release and which environment.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2004ServiceIsTagged() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2004ServiceIsTagged),
        level: 2,
        AppliesTo.Service,
        title: "Telemetry carries the service's name, version and environment",
        message: "{0}",
        description: "Without a version nobody sees which release broke it, without an environment staging's errors ring in production, and without a name it is 'unknown_service'.");

    private protected override Verdict Judge(RuleContext rule)
    {
        var wired = rule.Wired;
        if (!wired.Has(AssemblyFact.Tracing) && !wired.Has(AssemblyFact.Metrics) && !wired.Has(AssemblyFact.Logs))
            return Unseen(rule) ?? Verdict.NotApplicable("no telemetry is wired that could be tagged");

        var isDatadog = wired.Certain(AssemblyFact.Tracing).Any(f => f.Via == WiringDetector.DatadogTrace);
        var found = new HashSet<string>(wired.Certain(AssemblyFact.ServiceTag).Select(f => f.Name ?? AssemblyFact.UnknownName).Concat(FromEnvironment(rule, isDatadog)), StringComparer.Ordinal);
        var missing = ResourceTags.Wanted.Where(tag => !found.Contains(tag)).Select(tag => $"'{tag}'").ToList();
        if (missing.Count == 0)
            return Verdict.Passes;
        if (rule.DockerfileNotVisible is { } hidden)
            return Verdict.NotVisible(hidden);
        var list = missing.Count == 1 ? missing[0] : $"{string.Join(", ", missing.Take(missing.Count - 1))} and {missing[missing.Count - 1]}";
        if (isDatadog)
            return Verdict.Undecided($"Datadog's tracer takes {list} from DD_SERVICE, DD_VERSION and DD_ENV, which may be set where the service runs");
        if (found.Contains(AssemblyFact.UnknownName))
            return Verdict.Undecided($"{list} may be among what '{wired.Certain(AssemblyFact.ServiceTag).FirstOrDefault(f => f.Name == AssemblyFact.UnknownName)?.Via ?? "OTEL_RESOURCE_ATTRIBUTES"}' adds");
        if (Unseen(rule) is { } unseen)
            return unseen;
        // The release is known when the service is built and nowhere after; name and environment are what a deployment gives it.
        return found.Contains(ResourceTags.Version)
            ? Verdict.Undecided($"{list} may come from OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES where the service runs")
            : Verdict.Failing($"Nothing in the code, the Dockerfile or the settings of '{rule.Compilation.AssemblyName}' gives its telemetry {list}");
    }

    static Verdict? Unseen(RuleContext rule) =>
        UnseenWiring.Of(rule, AssemblyFact.ServiceTag, "tags") ?? UnseenWiring.Of(rule, AssemblyFact.Tracing, "tracing and its tags") ?? UnseenWiring.Of(rule, AssemblyFact.Metrics, "metrics and their tags");

    /// <summary>The variables that the Dockerfile sets, and the settings of the same names, which OpenTelemetry reads as well.</summary>
    static IEnumerable<string> FromEnvironment(RuleContext rule, bool isDatadog)
    {
        var settings = rule.Settings.Reverse().ToList();
        if (Value("OTEL_SERVICE_NAME") is not null)
            yield return ResourceTags.Name;
        foreach (var tag in ResourceTags.InVariable(Value("OTEL_RESOURCE_ATTRIBUTES") ?? ""))
            yield return tag;
        if (!isDatadog)
            yield break;
        foreach (var (variable, tag) in new[] { ("DD_SERVICE", ResourceTags.Name), ("DD_VERSION", ResourceTags.Version), ("DD_ENV", ResourceTags.Environment) })
        {
            if (rule.Dockerfile?[variable] is not null)
                yield return tag;
        }

        string? Value(string name) => rule.Dockerfile?[name] ?? settings.Select(s => s[name]).FirstOrDefault(v => v is { Length: > 0 });
    }
}
