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
    [InlineData("true", "NU1900", "", OutcomeState.NotEvaluated, "NU1900 is switched off (NoWarn), so an audit of the packages that failed would not show")]
    [InlineData("true", "NU1905", "", OutcomeState.NotEvaluated, "NU1905 is switched off (NoWarn), so an audit of the packages that failed would not show")]
    [InlineData("true", "NU1900", Vulnerable, OutcomeState.Fail, "1 finding")]
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
        var outcome = Audited("""{ "project": { "restore": { "sources": { "https://api.nuget.org/v3/index.json": {} }, "restoreAuditProperties": { "enableAudit": "true", "auditLevel": "high", "auditMode": "direct" } } } }""");
        Assert.Equal(OutcomeState.Pass, outcome.State);
        Assert.StartsWith("audited direct references only (NuGetAuditMode), severity high and above only (NuGetAuditLevel)", outcome.Reason, StringComparison.Ordinal);
    }

    /// <summary>Restore never reports what lies below the level, so its silence on an id that a rule names is no pass.</summary>
    [Theory]
    [InlineData("NU1901", "low", "", OutcomeState.Pass, null)]
    [InlineData("NU1901", "Critical", "", OutcomeState.Skip, "NU1901 below the severity that restore reports, critical (NuGetAuditLevel)")]
    [InlineData("NU1902 NU1903", "high", "", OutcomeState.Skip, "NU1902 below the severity that restore reports, high (NuGetAuditLevel)")]
    [InlineData("NU1903 NU1904", "high", "", OutcomeState.Pass, "audited severity high and above only (NuGetAuditLevel)")]
    [InlineData("NU190* !NU1904", "critical", "", OutcomeState.Skip, "NU1901, NU1902, NU1903 below the severity that restore reports, critical (NuGetAuditLevel)")]
    [InlineData("NU190* !NU1904", "high", "NU1903", OutcomeState.Skip, "NU1903 switched off by NoWarn; NU1901, NU1902 below the severity that restore reports, high (NuGetAuditLevel)")]
    [InlineData("NU190*", "critical", "", OutcomeState.Pass, "audited severity critical and above only (NuGetAuditLevel)")]
    public void IdBelowTheAuditsLevelIsOff(string diagnostics, string level, string noWarn, OutcomeState state, string? reason)
    {
        var outcome = Audited($$"""
            { "project": { "restore": {
                "warningProperties": { "noWarn": [{{(noWarn.Length > 0 ? $"\"{noWarn}\"" : "")}}] },
                "sources": { "https://api.nuget.org/v3/index.json": {} },
                "restoreAuditProperties": { "enableAudit": "true", "auditLevel": "{{level}}", "auditMode": "all" } } } }
            """, diagnostics: diagnostics);
        Assert.Equal((state, reason, state == OutcomeState.Skip), (outcome.State, outcome.Reason, outcome.SwitchedOff));
    }

    [Fact]
    public void AdvisoryThatIsSuppressedIsNamed()
    {
        const string assets = """{ "project": { "restore": { "sources": { "https://api.nuget.org/v3/index.json": {} }, "restoreAuditProperties": { "enableAudit": "true", "auditLevel": "low", "auditMode": "all", "suppressedAdvisories": { "https://example.com/a": null } } } } }""";
        var outcome = Audited(assets);
        Assert.Equal((OutcomeState.Skip, "1 advisory suppressed (NuGetAuditSuppress): https://example.com/a", 1), (outcome.State, outcome.Reason, outcome.Suppressed));
        Assert.Equal(OutcomeState.Fail, Audited(assets, new RuleConfiguration(Suppressed: OutcomeState.Fail)).State);
    }

    /// <summary>Restore leaves the message out, so that nothing else tells of it.</summary>
    [Theory]
    [InlineData("NU1903", "", OutcomeState.Skip, "NU1903 switched off for Acme by NoWarn")]
    [InlineData("NU1701", "", OutcomeState.Pass, null)]
    [InlineData("NU1901", "NU1901", OutcomeState.Pass, "NU1901 switched off by NoWarn")]
    public void PackageWhoseMessagesAreOffIsNamed(string off, string everywhere, OutcomeState state, string? reason)
    {
        var assets = $$"""
            { "project": {
                "restore": {
                  "warningProperties": { "noWarn": [{{(everywhere.Length > 0 ? $"\"{everywhere}\"" : "")}}] },
                  "sources": { "https://api.nuget.org/v3/index.json": {} },
                  "restoreAuditProperties": { "enableAudit": "true", "auditLevel": "low", "auditMode": "all" } },
                "frameworks": { "net10.0": { "dependencies": {
                  "Acme": { "target": "Package", "version": "[1.0.0, )", "noWarn": ["{{off}}"] },
                  "Other": { "target": "Package", "version": "[1.0.0, )" } } } } } }
            """;
        var outcome = Audited(assets);
        Assert.Equal((state, reason), (outcome.State, outcome.Reason));
        Assert.Equal(state == OutcomeState.Skip, outcome.SwitchedOff);
        Assert.Equal(state == OutcomeState.Skip ? OutcomeState.Fail : state, Audited(assets, new RuleConfiguration(WhenOff: OutcomeState.Fail)).State);
    }

    /// <summary>A service has no message of a package that comes with a project which silences it there.</summary>
    [Fact]
    public void PackagesOfAReferencedProjectWhoseMessagesAreOffAreNamed()
    {
        var outcome = Audited("""
            { "project": { "restore": {
                "projectPath": "/repo/src/Shop/Shop.csproj",
                "sources": { "https://api.nuget.org/v3/index.json": {} },
                "restoreAuditProperties": { "enableAudit": "true", "auditLevel": "low", "auditMode": "all" } } } }
            """, graph: """
            { "projects": {
                "/repo/src/Shop/Shop.csproj": { "restore": { "warningProperties": { "noWarn": ["NU1701"] } }, "frameworks": { "net10.0": {} } },
                "/repo/src/Money/Money.csproj": { "restore": { "warningProperties": { "noWarn": ["NU1902"] } }, "frameworks": { "net10.0": { "dependencies": {
                  "Acme": { "target": "Package", "version": "[1.0.0, )", "noWarn": ["NU1903"] } } } } } } }
            """);
        Assert.Equal((OutcomeState.Skip, "NU1903 switched off for Acme in Money.csproj by NoWarn; NU1902 switched off for the packages of Money.csproj by NoWarn"), (outcome.State, outcome.Reason));
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

    static Outcome Audited(string? assets, RuleConfiguration? rule = null, string? graph = null, string diagnostics = "NU190*")
    {
        using var folder = new TemporaryFolder();
        if (assets is not null)
            folder.With("obj/project.assets.json", assets);
        if (graph is not null)
            folder.With("obj/Shop.csproj.nuget.dgspec.json", graph);
        using var file = AssetsFile.Read(folder["obj/project.assets.json"]);
        return Of(Evaluate("pass", input => With("packages", (rule ?? RuleConfiguration.Default) with { Diagnostics = diagnostics.Split(' ') })(input) with { Audit = () => file?.Audit() ?? RestoreAudit.None, WithoutRules = ["src/Old/Old.csproj"] }), "packages");
    }
}
