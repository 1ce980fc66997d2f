using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed partial class EvaluatorTests
{
    const string Vulnerable = """{ "code": "NU1903", "level": "Warning", "message": "Package 'Acme' 1.0.0 has a known high severity vulnerability", "libraryId": "Acme", "targetGraphs": ["net10.0"] }""";

    [Theory]
    [InlineData("true", "", Vulnerable, OutcomeState.Fail, "1 finding")]
    [InlineData("true", "", "", OutcomeState.Skip, "undecided: restore does not say whether a source has vulnerability data; name one in <auditSources> of NuGet.Config")]
    [InlineData("false", "", "", OutcomeState.NotEvaluated, "restore did not audit the packages (NuGetAudit)")]
    [InlineData("true", "", """{ "code": "NU1900", "message": "Error communicating" }""", OutcomeState.NotEvaluated, "restore could not audit the packages (NU1900: Error communicating)")]
    [InlineData("true", "", """{ "code": "NU1905", "message": "Audit source 'a' did not provide any vulnerability data." }""", OutcomeState.NotEvaluated, "restore could not audit the packages (NU1905: Audit source 'a' did not provide any vulnerability data.)")]
    [InlineData("true", "NU1901\", \"NU1902\", \"NU1903\", \"NU1904", "", OutcomeState.Skip, "switched off by NoWarn")]
    [InlineData("true", "NU1901", Vulnerable, OutcomeState.Fail, "1 finding")]
    public void AuditOfRestoreFeedsARule(string enabled, string noWarn, string log, OutcomeState state, string? reason)
    {
        var outcome = Audited($$"""
            {
              "project": { "restore": {
                "warningProperties": { "noWarn": [{{(noWarn.Length > 0 ? $"\"{noWarn}\"" : "")}}] },
                "restoreAuditProperties": { "enableAudit": "{{enabled}}", "auditLevel": "low", "auditMode": "all" } } },
              "logs": [{{log}}]
            }
            """);
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    [Fact]
    public void NarrowAuditPassesAndSaysSo()
    {
        var outcome = Audited("""{ "project": { "restore": { "sources": { "https://api.nuget.org/v3/index.json": {} }, "restoreAuditProperties": { "enableAudit": "true", "auditLevel": "high", "auditMode": "direct", "suppressedAdvisories": { "https://example.com/a": null } } } } }""");
        Assert.Equal(OutcomeState.Pass, outcome.State);
        Assert.StartsWith("audited direct references only (NuGetAuditMode), severity high and above only (NuGetAuditLevel), without 1 suppressed advisory (NuGetAuditSuppress)", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<auditSources><add key="a" value="https://example.com/v3/index.json" /></auditSources>""", true)]
    [InlineData("<auditSources />", false)]
    [InlineData("<packageSources />", false)]
    public void AuditSourceThatIsNamedHasItsData(string sources, bool known)
    {
        using var folder = new TemporaryFolder().With("NuGet.Config", $"<configuration>{sources}</configuration>");
        var outcome = Audited($$"""{ "project": { "restore": { "configFilePaths": ["{{folder["NuGet.Config"].Replace("\\", "/", StringComparison.Ordinal)}}", "/nowhere/NuGet.Config"], "restoreAuditProperties": { "enableAudit": "true", "auditLevel": "low", "auditMode": "all" } } } }""");
        Assert.Equal((known ? OutcomeState.Pass : OutcomeState.Skip, known), (outcome.State, outcome.Reason is null));
    }

    [Fact]
    public void ProjectThatWasNeverRestoredIsNotAudited() => Assert.Equal(OutcomeState.NotEvaluated, Audited(null).State);

    [Theory]
    [InlineData("NU1903 NU1904", "NU1904", OutcomeState.Skip, "NU1904 switched off by NoWarn")]
    [InlineData("NU190*", "NU1901", OutcomeState.Pass, "NU1901 switched off by NoWarn")]
    [InlineData("NU190* !NU1901", "NU1901", OutcomeState.Pass, null)]
    public void EachMessageThatARuleNamesMustBeOn(string diagnostics, string off, OutcomeState state, string? reason)
    {
        var rule = With("safe", new RuleConfiguration(Diagnostics: diagnostics.Split(' ')));
        var outcome = Of(Evaluate("pass", input => rule(input) with { Audit = () => new RestoreAudit(null, [], [off], null, true) }), "safe");
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
    }

    [Fact]
    public void AuditAndCompilerMayFeedOneRule()
    {
        var rule = With("safe", new RuleConfiguration(Diagnostics: ["NU190*", "SCORE2001"]));
        Assert.Equal(OutcomeState.Fail, Of(Evaluate("fail", input => rule(input) with { Audit = () => new RestoreAudit(null, [], [], null, true) }), "safe").State);
        Assert.Equal(OutcomeState.Pass, Of(Evaluate("pass", input => rule(input) with { Audit = () => new RestoreAudit(null, [], [], null, true) }), "safe").State);
        Assert.Equal(OutcomeState.NotEvaluated, Of(Evaluate("pass", rule), "safe").State);
    }

    static Outcome Audited(string? assets)
    {
        using var folder = new TemporaryFolder();
        if (assets is not null)
            folder.With("obj/project.assets.json", assets);
        using var file = AssetsFile.Read(folder["obj/project.assets.json"]);
        return Of(Evaluate("pass", input => With("packages", new RuleConfiguration(Diagnostics: ["NU190*"]))(input) with { Audit = () => file?.Audit() ?? RestoreAudit.None, WithoutRules = ["src/Old/Old.csproj"] }), "packages");
    }
}
