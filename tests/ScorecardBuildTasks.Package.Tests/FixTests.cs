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

    static void Format(ServiceRepository repository, string rule)
    {
        Assert.Single(repository.Build().Warnings(rule));
        var format = repository.DotNet("format", "analyzers", "src/Checkout/Checkout.csproj", "--no-restore", "--diagnostics", rule, "--severity", "warn");
        Assert.True(format.ExitCode == 0, format.Output);
    }
}
