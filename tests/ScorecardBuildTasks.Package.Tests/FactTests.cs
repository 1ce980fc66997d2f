using System.Text.Json;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>What the build tells the compiler of the repository and of the day.</summary>
public sealed class FactTests
{
    [Fact]
    public void FrameworkFailsFromTheDayAfterItsSupport()
    {
        using var repository = new ServiceRepository("<TargetFramework>net8.0</TargetFramework>");
        Assert.Empty(repository.Report("-p:_ScorecardToday=2026-11-10").Warnings("SCORE4007"));
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE4007"));

        var after = repository.Report("-p:_ScorecardToday=2026-11-11");
        Assert.Contains("'Checkout' is built for 'net8.0', whose support ended on 2026-11-10", Assert.Single(after.Warnings("SCORE4007")), StringComparison.Ordinal);
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE4007"));

        Assert.Contains("Skipping target \"CoreCompile\"", repository.Report("-p:_ScorecardToday=2027-03-01", "-v:detailed").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TableIsComparedWithTheDay()
    {
        using var repository = new ServiceRepository();
        Assert.Equal(0, repository.DotNet("restore", "src/Checkout/Checkout.csproj").ExitCode);
        Assert.All(
            new (string Moniker, string Today, string End)[]
            {
                (".NETCoreApp,Version=v10.0", "2028-11-14", ""),
                (".NETCoreApp,Version=v10.0", "2028-11-15", "2028-11-14"),
                (".NETCoreApp,Version=v1.0", "2026-01-01", "2019-06-27"),
                (".NETFramework,Version=v4.6.2", "2026-11-22", ""),
                (".NETFramework,Version=v4.6.1", "2026-11-22", "2022-04-26"),
                (".NETFramework,Version=v4.8", "2050-01-01", ""),
                (".NETStandard,Version=v2.0", "2050-01-01", ""),
                (".NETCoreApp,Version=v99.0", "2026-11-22", "unknown"),
            },
            row => Assert.Equal(row.End, repository.DotNet("msbuild", "src/Checkout/Checkout.csproj", "-t:_ScorecardDetectSupport", "-getProperty:ScorecardTargetFrameworkEndOfSupport",
                $"-p:TargetFrameworkMoniker={row.Moniker.Replace(",", "%2c", StringComparison.Ordinal)}", $"-p:_ScorecardToday={row.Today}").Output.Trim()));
    }

    [Fact]
    public void TeamsOfScorecardJsonReachTheCompiler()
    {
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", """{ "teams": ["team-shop", "checkout"], "entities": { "src/Checkout": "service:checkout" } }""");
        Assert.Contains("'team-checkout' in entity.datadog.yaml, line 5 is no team that scorecard.json lists; 'checkout' is", Assert.Single(repository.Build().Warnings("SCORE1003")), StringComparison.Ordinal);
        Assert.Contains("entity = service:checkout\nteam = team-shop\nteam = checkout\n", repository.Read("src/Checkout/obj/Debug/net10.0/scorecard.facts"), StringComparison.Ordinal);

        repository.Change("scorecard.json", "team-shop", "team-checkout");
        Assert.Empty(repository.Build().Warnings("SCORE1003"));
    }

    [Fact]
    public void CatalogFileThatIsCommentedOutGivesWayToTheOther()
    {
        using var repository = new ServiceRepository();
        Assert.Equal(0, repository.DotNet("restore", "src/Checkout/Checkout.csproj").ExitCode);
        var entity = repository.Read("src/Checkout/entity.datadog.yaml");
        repository.Write("src/Checkout/service.datadog.yaml", entity);
        Assert.EndsWith("/entity.datadog.yaml", Catalog(), StringComparison.Ordinal);
        repository.Write("src/Checkout/entity.datadog.yaml", $"# {entity.TrimEnd().Replace("\n", "\n  # ", StringComparison.Ordinal)}\n\n");
        Assert.EndsWith("/service.datadog.yaml", Catalog(), StringComparison.Ordinal);

        string Catalog() => repository.DotNet("msbuild", "src/Checkout/Checkout.csproj", "-getProperty:_ScorecardCatalogFile").Output.Trim();
    }

    [Fact]
    public void ReadmeOfTheFolderAboveReachesTheCompiler()
    {
        using var repository = new ServiceRepository();
        Assert.Equal(0, repository.DotNet("restore", "src/Checkout/Checkout.csproj").ExitCode);
        repository.Write("src/README.md", "Checkout takes orders.\n");
        Assert.Contains("/src/README.md", repository.DotNet("msbuild", "src/Checkout/Checkout.csproj", "-t:_ScorecardDetect", "-getItem:_ScorecardReadme").Output.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void UnreadableConfigurationListsNoTeams()
    {
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", "{ \"teams\": [\n  \"team-shop\"\n").Report();
        Assert.Equal(OutcomeState.Skip, repository.StateOf("SCORE1003"));
        Assert.Contains("scorecard.json cannot be read", JsonSerializer.Serialize(repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE1003")), StringComparison.Ordinal);
    }

    [Fact]
    public void FirstCodeOwnersFileCounts()
    {
        using var repository = new ServiceRepository();
        Assert.Equal(0, repository.DotNet("restore", "src/Checkout/Checkout.csproj").ExitCode);
        foreach (var file in (string[])[".gitlab/CODEOWNERS", "docs/CODEOWNERS", "CODEOWNERS", ".github/CODEOWNERS"])
        {
            repository.Write(file, "* @shop/team-checkout\n");
            Assert.Equal(Path.Combine(repository.Root, file), repository.DotNet("msbuild", "src/Checkout/Checkout.csproj", "-getProperty:_ScorecardCodeOwnersFile").Output.Trim());
        }
    }

    [Fact]
    public void MistakesInTheCatalogFileAreNamedWithTheirLines()
    {
        using var repository = new ServiceRepository();
        repository.Change("src/Checkout/entity.datadog.yaml", "owner:", "ownr:");
        var warning = Assert.Single(repository.Report().Warnings("SCORE1010"));
        Assert.Contains("src/Checkout/Program.cs(7,1)", warning, StringComparison.Ordinal);
        Assert.Contains("'entity.datadog.yaml:5' is not valid: 'metadata.ownr' is no key of this version", warning, StringComparison.Ordinal);
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE1010"));
    }
}
