using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>The assemblies that tests compile against: those of the running frameworks and the OpenTelemetry packages beside the tests.</summary>
static class Frameworks
{
    static readonly string[] Trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    /// <summary>The base class library and the generic host's abstractions, without ASP.NET Core.</summary>
    public static IReadOnlyList<MetadataReference> Core { get; } = In("Microsoft.NETCore.App");

    public static IReadOnlyList<MetadataReference> AspNetCore { get; } = [.. Core, .. In("Microsoft.AspNetCore.App")];

    public static IReadOnlyList<MetadataReference> OpenTelemetry { get; } =
        [.. Trusted.Where(p => Path.GetFileName(p).StartsWith("OpenTelemetry", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>The framework that these tests are themselves written in.</summary>
    public static IReadOnlyList<MetadataReference> Xunit { get; } =
        [.. Trusted.Where(p => Path.GetFileName(p) is "xunit.core.dll" or "xunit.assert.dll" or "xunit.abstractions.dll").Select(p => MetadataReference.CreateFromFile(p))];

    static IReadOnlyList<MetadataReference> In(string framework) =>
        [.. Trusted.Where(p => p.Replace('\\', '/').Contains($"/{framework}/", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p))];
}
