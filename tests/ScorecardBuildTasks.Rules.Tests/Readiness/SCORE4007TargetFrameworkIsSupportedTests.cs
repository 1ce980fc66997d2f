using System.Globalization;
using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4007TargetFrameworkIsSupportedTests
{
    const string Start = "[|var builder = WebApplication.CreateBuilder(args);|]\nbuilder.Build().Run();\n";
    const string Unmarked = "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().Run();\n";

    [Fact]
    public Task FrameworkOutOfSupportFails() => RuleTest.FailsAsync<SCORE4007TargetFrameworkIsSupported>(
        TestProject.Service(Start).With("TargetFramework", "net8.0-windows").With("ScorecardTargetFrameworkEndOfSupport", "2026-11-10"),
        "'Checkout' is built for 'net8.0-windows', whose support ended on 2026-11-10 (blocks level 1 of 'Production Readiness')");

    [Fact]
    public Task FrameworkInSupportPasses() => RuleTest.PassesAsync<SCORE4007TargetFrameworkIsSupported>(
        TestProject.Service(Unmarked).With("TargetFramework", "net10.0").With("ScorecardTargetFrameworkEndOfSupport", ""));

    [Fact]
    public Task UnknownFrameworkIsUndecided() => RuleTest.StandsAsideAsync<SCORE4007TargetFrameworkIsSupported>(
        TestProject.Service(Unmarked).With("TargetFramework", "net12.0").With("ScorecardTargetFrameworkEndOfSupport", "unknown"), "undecided", "when the support of 'net12.0' ends is not known");

    [Fact]
    public Task MainMethodIsPointedAt() => RuleTest.FailsAsync<SCORE4007TargetFrameworkIsSupported>(
        TestProject.Service("static class Program\n{\n    static void [|Main|]() { }\n}\n").WithFramework("net6.0"));

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE4007TargetFrameworkIsSupported>(
        TestProject.Service(Unmarked).WithKind("library").WithFramework("net6.0"), "notApplicable", "a library");

    [Theory]
    [InlineData("net8.0", "2026-11-10", "")]
    [InlineData("net8.0", "2026-11-11", "2026-11-10")]
    [InlineData("netcoreapp3.1", "2026-11-11", "2022-12-13")]
    [InlineData("net10.0", "2028-11-14", "")]
    [InlineData("netcoreapp1.0", "2026-11-11", "2019-06-27")]
    [InlineData("net99.0", "2026-11-11", "unknown")]
    public void TableKnowsTheLastDay(string framework, string today, string end) =>
        Assert.Equal(end, FrameworkTable.EndOfSupport(framework, DateOnly.Parse(today, CultureInfo.InvariantCulture)));

    [Fact]
    public void EveryDayOfTheTableIsADate() =>
        Assert.All(FrameworkTable.Days, day => Assert.True(DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), day));
}
