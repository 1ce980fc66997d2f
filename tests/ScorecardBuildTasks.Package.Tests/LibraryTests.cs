using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>What the projects that a service references do to its outcomes.</summary>
public sealed class LibraryTests
{
    /// <summary>Another analyzer's rule and one of ours that judges code; what stands in a library counts for both.</summary>
    const string Configuration = """{ "rules": { "arguments": { "name": "Arguments are checked the short way", "scorecard": "Code Quality", "level": 3, "diagnostics": ["CA1510"] } } }""";

    const string LongCheck = "public static class Money { public static void Add(object amount) { if (amount is null) throw new System.ArgumentNullException(nameof(amount)); } }\n";

    [Fact]
    public void FindingReachesTheServiceThroughOtherLibraries()
    {
        using var repository = Repository();
        repository.Write("src/Money/Money.cs", LongCheck);
        var build = repository.Report();
        Assert.True(build.ExitCode == 0, build.Output);
        var outcome = Outcome(repository);
        Assert.Equal(OutcomeState.Fail, outcome.State);
        Assert.Equal("src/Money/Money.cs", Assert.Single(outcome.Evidence).File);
        Assert.False(File.Exists(Path.Combine(repository.Output, "src", "Money", "Money", "outcomes.json")));

        repository.Write("src/Money/Money.cs", "public static class Money;\n").Report();
        Assert.Equal((OutcomeState.Pass, null), (Outcome(repository).State, Outcome(repository).Reason));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "<ScorecardProjectKind>none</ScorecardProjectKind>")]
    public void ReferenceWithoutThePackageOrOfNoKindIsNamed(bool package, string kind)
    {
        using var repository = Repository(package);
        repository.Change("src/Money/Money.csproj", "<TargetFramework>", $"{kind}<TargetFramework>").Write("src/Money/Money.cs", LongCheck).Report();
        Assert.Equal((OutcomeState.Pass, "not counting src/Money/Money.csproj, where these rules do not run"), (Outcome(repository).State, Outcome(repository).Reason));
        Assert.Null(repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "SCORE1001").Reason);
    }

    [Fact]
    public void ReferenceBuiltWithoutAResultLeavesCodeRulesUnevaluated()
    {
        using var repository = Repository();
        Assert.Equal(0, repository.Build().ExitCode);
        repository.Report("--no-dependencies");
        Assert.Equal(OutcomeState.NotEvaluated, Outcome(repository).State);
        Assert.Equal(OutcomeState.NotEvaluated, repository.StateOf("SCORE2005"));
        Assert.StartsWith("src/Money/Money.csproj: it was built without a result", Outcome(repository).Reason, StringComparison.Ordinal);
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE1001"));

        repository.Report();
        Assert.Equal(OutcomeState.Pass, Outcome(repository).State);
        repository.Report("--no-dependencies");
        Assert.Equal(OutcomeState.Pass, Outcome(repository).State);
    }

    /// <summary>MSBuild takes both names for one, and the log is stamped with the name as it is.</summary>
    [Fact]
    public void LibraryWhoseNameChangesInCaseOnlyIsTheSame()
    {
        using var repository = Repository();
        repository.Change("src/Money/Money.csproj", "<TargetFramework>", "<AssemblyName>Money</AssemblyName><TargetFramework>").Report();
        Assert.Equal((OutcomeState.Pass, null), (Outcome(repository).State, Outcome(repository).Reason));
        repository.Change("src/Money/Money.csproj", "<AssemblyName>Money<", "<AssemblyName>MONEY<").Report();
        Assert.Equal((OutcomeState.Pass, null), (Outcome(repository).State, Outcome(repository).Reason));
    }

    [Fact]
    public void TwoServicesShareALibraryAndStayApart()
    {
        using var repository = Repository();
        repository.Write("src/Money/Money.cs", LongCheck);
        repository.Write("src/Billing/Billing.csproj", repository.Read("src/Checkout/Checkout.csproj")).Write("src/Billing/Program.cs", ServiceRepository.Untraced);
        repository.Write("src/Billing/entity.datadog.yaml", "apiVersion: v3\nkind: service\nmetadata:\n  name: billing\n  owner: team-billing\n");
        repository.Write("Shop.slnx", """<Solution><Project Path="src/Checkout/Checkout.csproj" /><Project Path="src/Billing/Billing.csproj" /></Solution>""");
        var build = repository.DotNet("build", "Shop.slnx", "-nologo", "-tl:off", "-m", "-p:ScorecardReport=true");
        Assert.True(build.ExitCode == 0, build.Output);
        var billing = OutcomesDocument.Read(Path.Combine(repository.Output, "src", "Billing", "Billing", "outcomes.json"));
        Assert.Equal("service:billing", billing.Entity.Reference);
        Assert.Equal(OutcomeState.Fail, billing.Outcomes.Single(outcome => outcome.Key == "SCORE2001").State);
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE2001"));
        Assert.All([billing, repository.Outcomes], document => Assert.Equal(OutcomeState.Fail, document.Outcomes.Single(outcome => outcome.Key == "arguments").State));
    }

    /// <summary>The rule is the service's own: the library has no configuration, and silences what nobody counts. What is hidden by default is shown there as well.</summary>
    [Fact]
    public void RuleOfTheServicesOwnFileCountsInALibrary()
    {
        using var repository = Repository();
        File.Delete(Path.Combine(repository.Root, "scorecard.json"));
        repository.Write("src/Checkout/scorecard.json", """{ "rules": { "arguments": { "diagnostics": ["CA1510"] }, "braces": { "diagnostics": ["IDE0011"] } } }""");
        repository.Change("src/Money/Money.csproj", "<TargetFramework>", "<EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><TargetFramework>").Change("src/Orders/Orders.csproj", "<TargetFramework>", "<EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><TargetFramework>");
        repository.Change("src/Checkout/Checkout.csproj", "<TargetFramework>", "<EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><TargetFramework>");
        repository.Write("src/Money/Money.cs", "namespace Shop.Operator { " + LongCheck.TrimEnd() + " }\n");
        var build = repository.Report();
        Assert.True(build.ExitCode == 0, build.Output);
        var unchanged = repository.Report("--no-restore", "-v:detailed");
        Assert.DoesNotContain("Task \"CollectScorecardFacts\"", unchanged.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Task \"SilenceSuggestions\"", unchanged.Output, StringComparison.Ordinal);

        repository.Change("src/Checkout/scorecard.json", "\"braces\"", "\"names\": { \"diagnostics\": [\"CA1716\"] }, \"braces\"").Report("--no-restore");
        Assert.All(["arguments", "braces", "names"], key =>
        {
            var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == key);
            Assert.Equal((key, OutcomeState.Fail, "src/Money/Money.cs"), (key, outcome.State, outcome.Evidence.Select(evidence => evidence.File).Distinct().SingleOrDefault()));
        });

        // One that lies where no build of the library looks.
        repository.Write("config/checkout.rules.json", repository.Read("src/Checkout/scorecard.json")).Change("src/Checkout/Checkout.csproj", "<TargetFramework>", "<ScorecardConfigFile>../../config/checkout.rules.json</ScorecardConfigFile><TargetFramework>");
        File.Delete(Path.Combine(repository.Root, "src", "Checkout", "scorecard.json"));
        repository.Report("--no-restore");
        Assert.All([("arguments", "CA1510"), ("braces", "IDE0011"), ("names", "CA1716")], rule =>
        {
            var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == rule.Item1);
            Assert.Equal(OutcomeState.NotEvaluated, outcome.State);
            Assert.Contains($"src/Money/Money.csproj: {rule.Item2} is kept quiet here", outcome.Reason, StringComparison.Ordinal);
        });
    }

    /// <summary>Only the service references the package that says what counts.</summary>
    [Fact]
    public void PresetThatTheLibraryDoesNotReferenceIsNamed()
    {
        using var repository = Repository();
        repository.Write("preset/scorecard.json", """{ "rules": { "arguments": { "diagnostics": ["CA1510"] } } }""").Write("preset/Acme.LibraryPreset.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><IncludeBuildOutput>false</IncludeBuildOutput><NoWarn>NU5128</NoWarn></PropertyGroup>
              <ItemGroup><None Include="scorecard.json" Pack="true" PackagePath="/" /></ItemGroup>
            </Project>
            """);
        var pack = repository.DotNet("pack", "preset", "-o", "feed", "-nologo", "-v:quiet");
        Assert.True(pack.ExitCode == 0, pack.Output);
        // Where it lies in the repository a library sees it as it sees any other there.
        Directory.Delete(Path.Combine(repository.Root, "preset"), recursive: true);
        repository.Change("src/Checkout/Checkout.csproj", "<PackageReference Include=\"OpenTelemetry\"", "<PackageReference Include=\"Acme.LibraryPreset\" Version=\"1.0.0\" /><PackageReference Include=\"OpenTelemetry\"")
            .Write("scorecard.json", """{ "extends": "Acme.LibraryPreset" }""");
        var build = repository.Report($"-p:RestoreAdditionalProjectSources={Package.Current.Feed}%3B{Path.Combine(repository.Root, "feed")}");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal(OutcomeState.NotEvaluated, Outcome(repository).State);
        Assert.Contains("src/Money/Money.csproj: CA1510 is kept quiet here, where Acme.LibraryPreset is not referenced, ", Outcome(repository).Reason, StringComparison.Ordinal);
    }

    /// <summary>Checkout references Orders, Orders references Money; whether the package is in Money is the question.</summary>
    static ServiceRepository Repository(bool package = true)
    {
        var repository = new ServiceRepository();
        Library("Orders", """<ProjectReference Include="../Money/Money.csproj" />""", true);
        Library("Money", "", package);
        repository.Change("src/Checkout/Checkout.csproj", "<PackageReference Include=\"OpenTelemetry\"", "<ProjectReference Include=\"../Orders/Orders.csproj\" /><PackageReference Include=\"OpenTelemetry\"");
        return repository.Write("scorecard.json", Configuration);

        void Library(string name, string reference, bool withPackage) => repository.Write($"src/{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                {reference}
                {(withPackage ? $"""<PackageReference Include="ScorecardBuildTasks" Version="{Package.Current.Version}" PrivateAssets="all" />""" : "")}
              </ItemGroup>
            </Project>
            """).Write($"src/{name}/{name}.cs", $"public static class {name};\n");
    }

    static Outcome Outcome(ServiceRepository repository) => repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "arguments");
}
