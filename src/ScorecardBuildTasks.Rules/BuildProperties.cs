using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules;

enum ProjectKind
{
    None,
    Service,
    Library,
    Test,
}

/// <summary>What the build says about the project that is being compiled.</summary>
sealed class BuildProperties(AnalyzerConfigOptions options)
{
    const string Prefix = "build_property.";
    const int StyleLevelThatHeedsSeverities = 9;

    /// <summary>Resolved by the package's targets; without them the project is of no kind and no rule applies.</summary>
    public ProjectKind Kind => Get(Prefix + "ScorecardProjectKind").ToLowerInvariant() switch
    {
        "service" => ProjectKind.Service,
        "library" => ProjectKind.Library,
        "test" => ProjectKind.Test,
        _ => ProjectKind.None,
    };

    /// <summary>The catalog's entity that the project belongs to, as <c>service:checkout</c> or <c>checkout</c>; may be empty.</summary>
    public string Entity => Get(Prefix + "ScorecardEntity");

    public string ServiceOwner => Get(Prefix + "ServiceOwner");

    public string ConfigurationHash => Get(Prefix + "ScorecardConfigurationHash");

    public string TargetFramework => Get(Prefix + "TargetFramework");

    /// <summary>The last day on which the target framework was supported, as <c>2026-11-10</c>; empty while it still is, <c>unknown</c> for one that the package does not know.</summary>
    public string TargetFrameworkEndOfSupport => Get(Prefix + "ScorecardTargetFrameworkEndOfSupport");

    /// <summary>The property by which the SDK's global config switches off rules of its analyzers, with its value; empty where another one may have done it.</summary>
    public string AnalysisLevel => Get(Prefix + "ScorecardAnalysisLevel");

    /// <summary>The files that may give a diagnostic a severity, absolute, with a bar between them.</summary>
    public string SeverityFiles => Get(Prefix + "ScorecardSeverityFiles");

    public string ProjectName => Get(Prefix + "MSBuildProjectName");

    public string ProjectDirectory => Get(Prefix + "MSBuildProjectDirectory");

    /// <summary>Absolute and ending in a separator; empty when no root was found.</summary>
    public string RepositoryRoot => Get(Prefix + "ScorecardRepositoryRoot");

    /// <summary>Why there may be more to the repository than lies below <see cref="RepositoryRoot"/>; empty where it is all there.</summary>
    public string RepositoryNotVisible => Get(Prefix + "_ScorecardNotVisible");

    /// <summary>Why the service may have a Dockerfile though none is here; empty where it would be.</summary>
    public string DockerfileNotVisible => Get(Prefix + "_ScorecardDockerfileNotVisible");

    /// <summary>Whether the build runs the service once to write its OpenAPI document (Microsoft.Extensions.ApiDescription.Server).</summary>
    public bool GeneratesOpenApi => Get(Prefix + "OpenApiGenerateDocumentsOnBuild").Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The ids of other analyzers that feed a rule of <c>scorecard.json</c>, as the build writes them when it reports; of the compiler's own, wildcards too.</summary>
    public IReadOnlyList<string> MappedDiagnostics => options.TryGetValue("scorecard_mapped", out var ids) ? ids.Split([','], StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>Those of them that their analyzer hides by default.</summary>
    public IReadOnlyList<string> HiddenDiagnostics => options.TryGetValue("scorecard_hidden", out var ids) ? ids.Split([','], StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>The wildcards by which other analyzers feed a rule, as <c>VSTHRD*</c>.</summary>
    public IReadOnlyList<string> MappedWildcards => options.TryGetValue("scorecard_mapped_wildcards", out var wildcards) ? wildcards.Split([','], StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>The ids that the build silences, or leaves hidden by default, because no configuration that it saw maps them, as <c>CA1510,CA1822</c>.</summary>
    public string QuietDiagnostics => Get("scorecard_quiet");

    /// <summary>The packages that a <c>scorecard.json</c> extends and that the project does not reference, so that what they map was not seen, as <c>Acme.Preset</c>.</summary>
    public string MissingPresets => Get("scorecard_missing_presets");

    /// <summary>The ids of ours that a global config of the build's own makes suggestions of (<c>ScorecardMode=observe</c>): all but those that one of the user's speaks of.</summary>
    public IReadOnlyList<string> ObservedDiagnostics => options.TryGetValue("scorecard_observe", out var ids) ? ids.Split([','], StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>Whether code style takes the severity behind an option's value for its own, which it does from this level on.</summary>
    public bool HeedsStyleSeverities => double.TryParse(Get(Prefix + "EffectiveAnalysisLevelStyle"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var level) && level >= StyleLevelThatHeedsSeverities;

    public bool IsActive => Get(Prefix + "ScorecardProjectKind").Length > 0;

    public bool WritesAssemblyFacts => !Get(Prefix + "ScorecardAssemblyFacts").Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>The project's folder relative to the repository's root, with <c>/</c> and one at its end; null when it is not below a known root.</summary>
    public string? ProjectFolderInRepository
    {
        get
        {
            var (root, folder) = (RepositoryRoot.Replace('\\', '/').TrimEnd('/') + "/", ProjectDirectory.Replace('\\', '/').TrimEnd('/') + "/");
            return RepositoryRoot.Length > 0 && folder.StartsWith(root, StringComparison.OrdinalIgnoreCase) ? folder.Substring(root.Length) : null;
        }
    }

    string Get(string key) => options.TryGetValue(key, out var value) ? value.Trim() : "";
}
