using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>
/// Stamps the error log with what it is the log of, and says which of our rules, and of those that feed a rule of <c>scorecard.json</c>, are switched off and by whom,
/// which the log alone cannot tell, and which of the project's own sources are called generated, so that no analyzer looks at them. It does nothing where the compiler writes no error log.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE0001Collector : DiagnosticAnalyzer
{
    /// <summary>Info and not configurable: silent on the console, in every error log, out of reach of NoWarn.</summary>
    static readonly DiagnosticDescriptor Descriptor = new(
        "SCORE0001",
        "The error log is stamped",
        "Scorecard rules ran for {0}",
        "Scorecard",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Says which compilation the error log belongs to and which rules were switched off.",
        helpLinkUri: null,
        WellKnownDiagnosticTags.NotConfigurable,
        WellKnownDiagnosticTags.CompilationEnd);

    static readonly string RulesVersion = typeof(SCORE0001Collector).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    static readonly Lazy<Watched[]> Always = new(() =>
    [
        .. AllRules.Descriptors.Select(rule => new Watched(rule.Id, rule.Category, FindsOf(rule))),
        // A crashed, refused or unloadable analyzer or generator is only a warning, and a hidden one leaves rules that look passed.
        .. SwitchedOff.OfAnalyzers.Select(id => new Watched(id, SwitchedOff.Compiler)),
    ]);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        if (Descriptor.DefaultSeverity >= LeastSeverity.ReportedBy(context))
        {
            // RS1013: an end action alone could be a compilation action. That would run at every keystroke in an editor, over all files, and the stamp is for logs.
#pragma warning disable RS1013
            context.RegisterCompilationStartAction(static start => start.RegisterCompilationEndAction(Stamp));
#pragma warning restore RS1013
        }
    }

    static void Stamp(CompilationAnalysisContext context)
    {
        var build = new BuildProperties(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        if (!build.IsActive)
            return;
        var assembly = context.Compilation.AssemblyName ?? "";
        var (own, byConfiguration, byHeader) = CalledGenerated.In(context.Compilation, context.Options, build, context.CancellationToken);
        var switchedOff = SwitchedOff.In(context.Compilation, context.Options, build, Always.Value.Concat(build.MappedDiagnostics.Except(SwitchedOff.OfAnalyzers).Select(id => new Watched(id, CategoryOf(id)))), context.CancellationToken);
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add("format", "1")
            .Add("assembly", assembly)
            .Add("targetFramework", build.TargetFramework)
            .Add("projectKind", build.Kind.ToString().ToLowerInvariant())
            .Add("configurationHash", build.ConfigurationHash)
            .Add("rulesVersion", RulesVersion)
            .Add("ownFiles", Number(own))
            .Add("generatedByConfiguration", Number(byConfiguration))
            .Add("generatedByHeader", Number(byHeader))
            .Add("off", Json(switchedOff.Off))
            .Add("unseen", Json(Unseen.In(context.Compilation, context.Options, build, context.CancellationToken)));
        if (switchedOff.InBulk.Any())
            properties = properties.Add("offInBulk", Json(switchedOff.InBulk));
        if (switchedOff.Categories.Count > 0)
            properties = properties.Add("categories", string.Join(",", switchedOff.Categories));
        if (build.MappedDiagnostics.Count > 0)
            properties = properties.Add("named", string.Join(",", build.MappedDiagnostics));
        if (build.ObservedDiagnostics.Count > 0)
            properties = properties.Add("observes", "true");
        if (OwnSources.FoldersElsewhere(context.Compilation, build) is { Count: > 0 } elsewhere)
            properties = properties.Add("linkedFolders", string.Join("|", elsewhere));
        if (build.SeverityFiles is { Length: > 0 } files)
            properties = properties.Add("severityFiles", files);
        // A service has one configuration, which is the build's; a library counts for services whose own it may not have seen.
        if (build is { Kind: ProjectKind.Library, QuietDiagnostics: { Length: > 0 } quiet })
        {
            properties = properties.Add("quiet", quiet);
            if (build.MissingPresets is { Length: > 0 } missing)
                properties = properties.Add("missingPresets", missing);
        }

        context.ReportDiagnostic(Diagnostic.Create(Descriptor, Location.None, properties, assembly));
    }

    static Finds FindsOf(DiagnosticDescriptor rule) =>
        Scorecard.WalksCode(rule) ? Finds.InCode : Scorecard.AppliesToOf(rule) == AppliesTo.Test ? Finds.InOtherFiles : Finds.AtEntryPoint;

    /// <summary>Of another analyzer's rule only that knows the category.</summary>
    static string? CategoryOf(string id) => id.StartsWith("CS", StringComparison.Ordinal) && id.Skip(2).All(char.IsDigit) ? SwitchedOff.Compiler : null;

    static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    static string Json(IEnumerable<(string Id, string Text)> said)
    {
        var json = new StringBuilder("{");
        foreach (var (id, text) in said)
            json.Append(json.Length > 1 ? "," : "").Append('"').Append(id).Append("\":\"").Append(text.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
        return json.Append('}').ToString();
    }
}
