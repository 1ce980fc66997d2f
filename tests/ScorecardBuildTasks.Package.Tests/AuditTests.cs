using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>What restore's audit of the packages comes to, from the source that it asks to the outcome.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task VulnerablePackageFailsAndOnlyAnAuditThatRanPasses()
    {
        await using var source = await VulnerabilitySource.StartAsync("OpenTelemetry");
        using var repository = new ServiceRepository();
        repository.Write("scorecard.json", """{ "rules": { "packages": { "name": "No package is known to be vulnerable", "diagnostics": ["NU190*"] } } }""");

        var known = Audited(knows: true);
        Assert.Equal((OutcomeState.Fail, "1 finding"), (known.State, known.Reason));
        var evidence = Assert.Single(known.Evidence);
        Assert.Equal(("src/Checkout/Checkout.csproj", 0), (evidence.File, evidence.Line));
        Assert.Contains("'OpenTelemetry' 1.20.1 has a known high severity vulnerability", evidence.Message, StringComparison.Ordinal);
        Assert.StartsWith("1 finding · src/Checkout/Checkout.csproj", Report.Remarks(known, repository.Outcomes.Revision), StringComparison.Ordinal);

        var clean = Audited(knows: false);
        Assert.Equal((OutcomeState.Pass, null), (clean.State, clean.Reason));

        var off = Audited(knows: true, "-p:NuGetAudit=false");
        Assert.Equal((OutcomeState.NotEvaluated, "restore did not audit the packages (NuGetAudit)"), (off.State, off.Reason));

        // Restore has no word of any of these.
        repository.Write("src/Orders/Orders.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="OpenTelemetry" Version="1.20.1" NoWarn="NU1903" />
                <NuGetAuditSuppress Include="https://advisories.example/2" />
              </ItemGroup>
            </Project>
            """);
        repository.Change("src/Checkout/Checkout.csproj", """Version="1.20.1" />""", """Version="1.20.1" NoWarn="NU1903" /><ProjectReference Include="../Orders/Orders.csproj" /><NuGetAuditSuppress Include="https://advisories.example/9" />""");
        var silenced = Audited(knows: true);
        Assert.Equal(
            (OutcomeState.Skip, "NU1903 switched off for OpenTelemetry by NoWarn; NU1903 switched off for OpenTelemetry in Orders.csproj by NoWarn; 1 advisory suppressed (NuGetAuditSuppress): https://advisories.example/9"),
            (silenced.State, silenced.Reason));

        Outcome Audited(bool knows, params string[] arguments)
        {
            // Restore takes another answer of a source for no change of the project.
            var build = repository.Write("NuGet.Config", source.Configuration(knows)).Report(["-p:RestoreForce=true", .. arguments]);
            Assert.True(build.ExitCode == 0, build.Output);
            return repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "packages");
        }
    }
}
