using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>The packed fixes, applied by real Workspaces as an IDE does.</summary>
public sealed class FixTests
{
    const string Program = "src/Checkout/Program.cs";

    [Theory]
    [InlineData("/src/Checkout/ @acme/team-checkout\n", "team-checkout")]
    [InlineData("/src/Other/ @acme/team-other\n", "TODO")]
    public void OwnerIsTakenFromCodeOwnersOrAPlaceholderThatStillFails(string codeOwners, string owner)
    {
        using var repository = new ServiceRepository();
        repository.Write("CODEOWNERS", codeOwners);
        File.Delete(Path.Combine(repository.Root, "src", "Checkout", "entity.datadog.yaml"));
        Format(repository, "SCORE1001");
        var written = string.Concat(Directory.EnumerateFiles(Path.Combine(repository.Root, "src", "Checkout"), "*.cs").Select(File.ReadAllText));
        Assert.Matches($"AssemblyMetadata\\(\"ServiceOwner\", \"(acme/)?{owner}\"\\)", written);
        Assert.Equal(owner == "TODO", repository.Build().Warnings("SCORE1001").Count == 1);
    }

    [Fact]
    public void SourceIsAddedWhereTracingIsWired()
    {
        using var repository = new ServiceRepository();
        repository.Change(Program, "new(\"Checkout\")", "new(\"Payments\")");
        Format(repository, "SCORE2005");
        Assert.Contains("AddSource(\"Payments\")", repository.Read(Program), StringComparison.Ordinal);
        Assert.Empty(repository.Build().Warnings("SCORE2005"));
    }

    [Fact]
    public void OwnerMeterDocumentAndHealthChecksAreMendedInOneService()
    {
        string[] rules = ["SCORE1003", "SCORE1008", "SCORE2006", "SCORE4001"];
        using var repository = new ServiceRepository();
        File.Delete(Path.Combine(repository.Root, "src", "Checkout", "entity.datadog.yaml"));
        repository.Write("scorecard.json", """{ "teams": ["team-checkout"] }""")
            .Change("src/Checkout/Checkout.csproj", "<PackageReference Include=\"OpenTelemetry\"", "<PackageReference Include=\"Microsoft.AspNetCore.OpenApi\" Version=\"10.0.0\" /><PackageReference Include=\"OpenTelemetry\"")
            .Write("src/Checkout/Owner.cs", "[assembly: System.Reflection.AssemblyMetadata(\"ServiceOwner\", \"Team Checkout\")]\n")
            .Change(Program, "app.Run();", "app.MapGet(\"/orders\", () => new[] { 1 }).WithSummary(\"All orders.\").AllowAnonymous();\napp.Run();")
            .Change(Program, "builder.Services.AddHealthChecks();\n", "")
            .Change(Program, "app.MapHealthChecks(\"/health\");\n", "")
            .Change(Program, "static class Telemetry\n{", "static class Telemetry\n{\n    public static readonly System.Diagnostics.Metrics.Meter Meter = new(\"Payments\");\n");
        Format(repository, "src/Checkout/Checkout.csproj", rules);
        Assert.Contains("\"team-checkout\"", repository.Read("src/Checkout/Owner.cs"), StringComparison.Ordinal);
        Assert.Contains("AddMeter(\"Payments\")", repository.Read(Program), StringComparison.Ordinal);
        Assert.Contains("app.MapOpenApi();", repository.Read(Program), StringComparison.Ordinal);
        Assert.Contains("app.MapHealthChecks(\"/health\");", repository.Read(Program), StringComparison.Ordinal);
        var build = repository.Report();
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.All(rules, rule => Assert.Equal(OutcomeState.Pass, repository.StateOf(rule)));
    }

    [Fact]
    public void CommentBehindASkippedTestBecomesItsReason()
    {
        const string Project = "tests/Checkout.Tests/Checkout.Tests.csproj";
        const string Tests = "tests/Checkout.Tests/OrderTests.cs";
        using var repository = new ServiceRepository();
        repository.Change(Project, "<PackageReference Include=\"xunit\"", $"<PackageReference Include=\"ScorecardBuildTasks\" Version=\"{Package.Current.Version}\" PrivateAssets=\"all\" /><PackageReference Include=\"xunit\"")
            .Change(Tests, "[Xunit.Fact]", "[Xunit.Fact(Skip = \"\")] // the clock of the warehouse is wrong until #123");
        Format(repository, Project, ["SCORE3003"]);
        Assert.Contains("[Xunit.Fact(Skip = \"the clock of the warehouse is wrong until #123\")]", repository.Read(Tests), StringComparison.Ordinal);
    }

    /// <summary>All fixes that the depot's findings have, in one run; what they write compiles, and the rules pass.</summary>
    [Fact]
    public void FixesOfTheDepotMakeItsRulesPass()
    {
        using var sample = new Sample("depot");
        sample.Report();
        string[] rules = ["SCORE2005", "SCORE2010", "SCORE4004", "SCORE4008", "SCORE4009"];
        var format = sample.DotNet(["format", "analyzers", "depot.slnx", "--no-restore", "--severity", "info", "--diagnostics", .. rules]);
        Assert.True(format.ExitCode == 0, format.Output);
        sample.Report();
        Assert.Equal(
            [
                .. rules.Select(rule => $"service:dispatch {rule} Pass"),
                "service:inventory SCORE2005 Fail", // there is no tracer to add it to
                "service:inventory SCORE2010 Pass",
                "service:inventory SCORE4004 Pass", // the delay has the token, which ends the loop too
                "service:inventory SCORE4008 Fail", // its caller cannot await it
                "service:inventory SCORE4009 Pass",
                "service:labels SCORE2005 Pass",
                "service:labels SCORE2010 Fail", // a concatenation says nothing about the names of its values
                "service:labels SCORE4004 Pass",
                "service:labels SCORE4008 Pass",
                "service:labels SCORE4009 Pass",
                .. rules.SkipLast(1).Select(rule => $"service:returns {rule} Pass"),
                "service:returns SCORE4009 Fail", // the lambda is not async
            ],
            sample.Outcomes.Where(row => rules.Contains(row.Outcome.Key)).Select(row => $"{row.Entity} {row.Outcome.Key} {row.Outcome.State}"));
        Assert.Contains("Task.Delay(TimeSpan.FromMinutes(1), stoppingToken)", File.ReadAllText(sample["src/Inventory/StockPoller.cs"]), StringComparison.Ordinal);
    }

    static void Format(ServiceRepository repository, string rule) => Format(repository, "src/Checkout/Checkout.csproj", [rule]);

    static void Format(ServiceRepository repository, string project, IReadOnlyList<string> rules)
    {
        var build = repository.DotNet("build", project, "-nologo", "-tl:off");
        Assert.All(rules, rule => Assert.Single(build.Warnings(rule)));
        var format = repository.DotNet(["format", "analyzers", project, "--no-restore", "--severity", "warn", "--diagnostics", .. rules]);
        Assert.True(format.ExitCode == 0, format.Output);
    }
}
