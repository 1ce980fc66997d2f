using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>A service's logs leave it with the ids of the trace that they belong to: exported by a logger that knows them, or as structured lines that carry them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2003LogsAreExported() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2003LogsAreExported),
        level: 1,
        AppliesTo.Service,
        title: "Logs are exported or structured, with trace ids",
        message: "{0}",
        description: "Whoever follows a trace needs the logs that belong to it. Lines of text cannot be searched by field, and logs without trace ids cannot be found from a trace.");

    private protected override Verdict Judge(RuleContext rule)
    {
        if (rule.Wired.Has(AssemblyFact.Logs))
            return Verdict.Passes;
        var settings = rule.Settings.SelectMany(s => s.All).ToList();
        var seen = new[] { JsonConsole(rule, settings), Serilog(rule, settings), NLog(rule, settings), Log4Net(rule) }.OfType<Verdict>().ToList();
        return seen.Find(v => v == Verdict.Passes)
            ?? OwnProvider(rule)
            ?? seen.Find(v => v.StandsAside is not null)
            ?? UnseenWiring.Of(rule, AssemblyFact.Logs, "the export of logs")
            ?? UnseenWiring.UnlessHidden(rule, seen.FirstOrDefault() ?? Fails(rule, "writes its logs as lines of text"));
    }

    /// <summary>The hosts track the current activity as a scope, which the JSON formatter writes only when it is told to include scopes.</summary>
    static Verdict? JsonConsole(RuleContext rule, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        if (!rule.Wired.Has(AssemblyFact.JsonConsole) && !Is("Logging:Console:FormatterName", "json"))
            return null;
        return rule.Wired.Has(AssemblyFact.LogScopes) || Is("Logging:Console:FormatterOptions:IncludeScopes", "true")
            ? Verdict.Passes : Fails(rule, "writes its logs as JSON without trace ids, because 'IncludeScopes' is not set");

        bool Is(string key, string value) => settings.LastOrDefault(s => s.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value?.Equals(value, StringComparison.OrdinalIgnoreCase) == true;
    }

    static Verdict? Serilog(RuleContext rule, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var form = rule.Wired.Has(AssemblyFact.SerilogSink) ? LogForm.Exported
            : rule.Wired.Has(AssemblyFact.SerilogSettings) && LogTargets.OfSerilog(settings) is var told && (told != LogForm.Unset || settings.Count == 0) ? told
            : rule.Wired.Has(AssemblyFact.SerilogText) ? LogForm.Text
            : rule.Wired.Has(AssemblyFact.Serilog) || rule.Wired.Has(AssemblyFact.SerilogSettings) ? LogForm.Unset : (LogForm?)null;
        return form switch
        {
            null => null,
            LogForm.Exported => KnowsTraces(rule) || settings.Any(s => s.Key.StartsWith("Serilog:Enrich", StringComparison.OrdinalIgnoreCase) && s.Value == "WithSpan")
                ? Verdict.Passes : Verdict.Undecided("Serilog before 3.1 writes no trace ids by itself, and an enricher may"),
            LogForm.Text => Fails(rule, "has Serilog write its logs as lines of text"),
            LogForm.Unset => Verdict.Undecided("Serilog is given its sinks neither in the code nor in the project's appsettings.json"),
            _ => Verdict.Undecided("Serilog's settings name a sink or formatter that is not known"),
        };
    }

    static bool KnowsTraces(RuleContext rule) =>
        rule.Wired.Has(AssemblyFact.SerilogTraceIds) || rule.Compilation.GetTypeByMetadataName("Serilog.Events.LogEvent") is not { } logEvent || !logEvent.GetMembers("TraceId").IsEmpty;

    static Verdict? NLog(RuleContext rule, IReadOnlyList<KeyValuePair<string, string>> settings) =>
        !rule.Wired.Has(AssemblyFact.NLog) ? null
        : LogTargets.OfNLog(settings) is not LogForm.Unset and var form ? InSettings(rule, form, "NLog", "appsettings.json") : InFile(rule, "NLog", "nlog.config");

    static Verdict? Log4Net(RuleContext rule) => rule.Wired.Has(AssemblyFact.Log4Net) ? InFile(rule, "log4net", "log4net.config") : null;

    static Verdict InFile(RuleContext rule, string framework, string name)
    {
        foreach (var (path, text) in rule.LogTargets)
        {
            if (Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase))
                return InSettings(rule, LogTargets.InFile(text.ToString()), framework, Path.GetFileName(path));
        }
        return Verdict.Undecided($"{framework} is told where to write by something else than '{name}' beside the project");
    }

    static Verdict InSettings(RuleContext rule, LogForm form, string framework, string file) => form switch
    {
        LogForm.Exported => Verdict.Passes,
        LogForm.Text => Fails(rule, $"has {framework} write its logs without structure or trace ids ('{file}')"),
        LogForm.Unset => Verdict.Undecided($"'{file}' names no target for {framework}"),
        _ => Verdict.Undecided($"'{file}' names a target for {framework} that is not known"),
    };

    static Verdict? OwnProvider(RuleContext rule) =>
        rule.Wired.Certain(AssemblyFact.LogProvider).FirstOrDefault() is { } provider ? Verdict.Undecided($"what '{provider.Name}' writes is not known, nor whether trace ids are in it") : null;

    static Verdict Fails(RuleContext rule, string what) => Verdict.Failing($"'{rule.Compilation.AssemblyName}' {what}");
}
