using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class ScorecardConfigurationTests
{
    [Fact]
    public void CommentsAndTrailingCommasAreAllowed()
    {
        var (configuration, messages) = Load("""
            {
              // what counts
              "rules": { "SCORE2001": { "level": 2, "suppressed": "fail", "effectiveFrom": "2027-01-01", }, },
              "waivers": [{ "rule": "SCORE3001", "entity": "*", "reason": "planned", "text": "none yet", "until": "2027-03-31" }],
            }
            """);
        Assert.Empty(messages);
        Assert.Equal(2, configuration.Rules["SCORE2001"].Level);
        Assert.Equal(OutcomeState.Fail, configuration.Rules["SCORE2001"].Suppressed);
        Assert.True(configuration.Rules["SCORE2001"].Enabled);
        Assert.Equal(new DateOnly(2027, 3, 31), configuration.Waivers[0].Until);
    }

    [Fact]
    public void MemberThatTheFileLacksKeepsItsDefault()
    {
        var (configuration, messages) = Load("""{ "teams": ["a"] }""");
        Assert.Empty(messages);
        Assert.Equal(["a"], configuration.Teams);
        Assert.Empty(configuration.Rules);
        Assert.Empty(configuration.Waivers);
        Assert.Empty(configuration.Entities);
        Assert.Empty(configuration.Wiring);
    }

    [Theory]
    [InlineData("{\n \"rulez\": {}\n}", 2, "there is no member 'rulez'")]
    [InlineData("{\n \"rules\": {\n  \"A\": { \"level\": \"high\" }\n }\n}", 3, "'rules.A.level' is of the wrong kind")]
    [InlineData("{\n \"rules\": {", 2, "")]
    [InlineData("{\n \"rules\": {\n  \"A\": {\n  \"level\": 4 } } }", 4, "a level is 1, 2 or 3")]
    [InlineData("{\n \"waivers\": [\n  { \"rule\": \"A\" }\n ]\n}", 3, "")]
    [InlineData("{ \"waivers\": [\n {\"rule\": \"A\", \"entity\": \"*\", \"reason\": \"because\", \"text\": \"replaced soon\", \"until\": \"2027-03-31\" }] }", 2, "a reason is one of false-positive, not-applicable, mitigated-elsewhere, accepted-risk, planned, retiring")]
    [InlineData("{ \"waivers\": [{\"rule\": \"A\", \"entity\": \"*\", \"reason\": \"planned\",\n \"text\": \"TODO\", \"until\": \"2027-03-31\" }] }", 2, "does not say why")]
    [InlineData("{ \"teams\": [],\n \"teams\": [] }", 2, "'teams' is given twice")]
    [InlineData("{\n \"extends\": \"./none.json\" }", 2, "there is no such file")]
    [InlineData("{\n \"extends\": \"Acme.Scorecard\" }", 2, "no package of that id")]
    [InlineData("[]", 1, "holds no object")]
    [InlineData("", 1, "the file is empty")]
    [InlineData(" \n", 1, "the file is empty")]
    [InlineData("{\n \"rules\": { \"A\": {\n \"atMost\": -1 } } }", 3, "rule 'A' allows -1 findings")]
    [InlineData("{\n \"sourceLink\": \"javascript:alert(1)\" }", 2, "'sourceLink' must start with https://, http:// or {url}")]
    [InlineData("{\n \"rules\": { \"A\": { \"level\": \"high\" } } }", 2, "'rules.A.level' is of the wrong kind; a whole number belongs there")]
    [InlineData("{\n \"rules\": { \"A\": { \"enabled\": \"no\" } } }", 2, "'rules.A.enabled' is of the wrong kind; true or false belongs there")]
    [InlineData("{\n \"rules\": { \"A\": { \"effectiveFrom\": \"soon\" } } }", 2, "'rules.A.effectiveFrom' is of the wrong kind; a day such as \"2027-03-31\" belongs there")]
    [InlineData("{\n \"rules\": { \"A\": { \"suppressed\": \"maybe\" } } }", 2, "'rules.A.suppressed' is of the wrong kind; \"skip\", \"pass\" or \"fail\" belongs there")]
    [InlineData("{\n \"rules\": { \"A\": { \"name\": 3 } } }", 2, "'rules.A.name' is of the wrong kind; a text belongs there")]
    [InlineData("{\n \"rules\": { \"A\": { \"diagnostics\": \"CA1510\" } } }", 2, "'rules.A.diagnostics' is of the wrong kind; a list belongs there")]
    [InlineData("{\n \"rules\": [] }", 2, "'rules' is of the wrong kind; an object belongs there")]
    [InlineData("{\n \"waivers\": {} }", 2, "'waivers' is of the wrong kind; a list belongs there")]
    [InlineData("{\n \"waivers\": [3] }", 2, "'waivers[0]' is of the wrong kind; an object belongs there")]
    [InlineData("{\n \"rules\": { \"A\": 3 } }", 2, "'rules.A' is of the wrong kind; an object belongs there")]
    [InlineData("{ \"rules\": {\n  \"A\": { \"name\": \"A\",\n  \"diagnostics\": [\"!CA1510\"] } } }", 3, "rule 'A' is fed by nothing")]
    [InlineData("{ \"rules\": {\n  \"A\": { \"diagnostics\": [] } } }", 2, "rule 'A' is fed by nothing")]
    [InlineData("{ \"rules\": {\n  \"A\": { \"diagnostics\": [\"CA1510\", \"!CA1*\"] } } }", 2, "rule 'A' is fed by nothing")]
    [InlineData("{ \"rules\": {\n  \"A\": { \"diagnostics\": [\"CA1510\",\n \"CS618\"] } } }", 3, "'CS618' is no id of the compiler's: behind CS it has four digits, as in CS0618")]
    [InlineData("{ \"rules\": {\n  \"A\": { \"diagnostics\": [\"CA1510\",\n \"NU1605\"] } } }", 3, "of restore's messages only NU1901 to NU1904 feed a rule, not NU1605")]
    [InlineData("{ \"rules\": {\n  \"A\": { \"diagnostics\": [\"NU*\",\n \"!NU190*\"] } } }", 2, "of restore's messages only NU1901 to NU1904 feed a rule, not NU*")]
    [InlineData("{ \"rules\": {\n  \"NU1605\": {} } }", 2, "of restore's messages only NU1901 to NU1904 feed a rule, not NU1605")]
    [InlineData("{ \"rules\": {\n  \"\": {} } }", 2, "a rule has no key")]
    public void InvalidFileIsOneMessageWithItsPlaceAndTheDefaultsHold(string text, int line, string mistake)
    {
        var (configuration, messages) = Load(text);
        var message = Assert.Single(messages);
        Assert.Equal((BuildMessage.ConfigurationIsInvalid, line), (message.Code, message.Line));
        Assert.True(message.Column > 0);
        Assert.Contains(mistake, message.Text, StringComparison.Ordinal);
        Assert.Empty(configuration.Rules);
        Assert.Empty(configuration.Waivers);
    }

    [Fact]
    public void ProjectLiesOverRepositoryOverPreset()
    {
        using var folder = new TemporaryFolder()
            .With("presets/org.json", """{ "rules": { "A": { "level": 1, "owner": "org" }, "B": { "level": 1 } }, "teams": ["platform"], "defaultBranch": "trunk" }""")
            .With("scorecard.json", """{ "extends": "presets/org.json", "rules": { "A": { "level": 2, "name": "Ours" } }, "teams": ["shop"] }""")
            .With("src/Shop/scorecard.json", """{ "rules": { "A": { "level": 3 }, "C": { "diagnostics": ["CA1510"] } }, "defaultBranch": "main" }""");
        var messages = new List<BuildMessage>();
        var configuration = ScorecardConfiguration.Load(folder["src/Shop/scorecard.json"], messages, folder.Root);
        Assert.Empty(messages);
        Assert.Equal((3, "Ours", "org"), (configuration.Rules["A"].Level, configuration.Rules["A"].Name, configuration.Rules["A"].Owner));
        Assert.Equal((1, "CA1510"), (configuration.Rules["B"].Level, Assert.Single(configuration.Rules["C"].Diagnostics!)));
        Assert.Equal(["platform", "shop"], configuration.Teams);
        Assert.Equal("main", configuration.DefaultBranch);
        Assert.Equal([folder["scorecard.json"], folder["presets/org.json"], folder["src/Shop/scorecard.json"]], configuration.Files);
    }

    [Fact]
    public void PresetComesFromAPackage()
    {
        using var folder = new TemporaryFolder().With("packages/acme.scorecard/2.0.0/scorecard.json", """{ "teams": ["acme"] }""").With("scorecard.json", """{ "extends": "Acme.Scorecard" }""");
        folder.With("obj/project.assets.json", $$"""{ "libraries": { "Acme.Scorecard/2.0.0": { "type": "package", "path": "acme.scorecard/2.0.0" } }, "packageFolders": { "{{folder["packages"].Replace("\\", "/", StringComparison.Ordinal)}}": {} } }""");
        using var assets = AssetsFile.Read(folder["obj/project.assets.json"]);
        var messages = new List<BuildMessage>();
        var configuration = ScorecardConfiguration.Load(folder["scorecard.json"], messages, folder.Root, assets!.PackageFolder);
        Assert.Empty(messages);
        Assert.Equal(["acme"], configuration.Teams);
    }

    [Fact]
    public void LockedMemberStaysAndItsOverrideIsNamed()
    {
        using var folder = new TemporaryFolder()
            .With("org.json", """{ "rules": { "A": { "level": 1 }, "B": { "level": 1 } }, "locked": ["rules.A", "rules.*.enabled", "waivers"], "maxWaiverDays": 90 }""")
            .With("scorecard.json", """
                {
                  "extends": "./org.json",
                  "maxWaiverDays": 400,
                  "rules": {
                    "A": { "level": 3 },
                    "B": { "level": 2,
                      "enabled": false }
                  },
                  "waivers": [{ "rule": "A", "entity": "*", "reason": "planned", "text": "next quarter", "until": "2027-03-31" }]
                }
                """);
        var messages = new List<BuildMessage>();
        var configuration = ScorecardConfiguration.Load(folder["scorecard.json"], messages);
        Assert.All(messages, message => Assert.Equal((BuildMessage.LockedKeyIsOverridden, folder["scorecard.json"]), (message.Code, message.File)));
        Assert.Equal([5, 7, 9], messages.Select(message => message.Line));
        Assert.Equal((1, 2, true), (configuration.Rules["A"].Level, configuration.Rules["B"].Level, configuration.Rules["B"].Enabled));
        Assert.Empty(configuration.Waivers);
        Assert.Equal(90, configuration.MaxWaiverDays);
    }

    /// <summary>A null would take away what lies under it, what is locked there and the list that places are counted by.</summary>
    [Fact]
    public void MemberThatIsNullIsNamedAndTakesNothingAway()
    {
        using var folder = new TemporaryFolder()
            .With("org.json", """{ "rules": { "A": { "level": 3, "name": "Theirs" } }, "teams": ["acme"], "waivers": [{ "rule": "A", "entity": "*", "reason": "planned", "text": "next quarter", "until": "2027-03-31" }], "locked": ["rules.A.level"] }""")
            .With("scorecard.json", """
                {
                  "extends": "./org.json",
                  "rules": null,
                  "waivers": null,
                  "teams": null
                }
                """)
            .With("src/scorecard.json", """
                {
                  "rules": { "A": { "owner": "shop",
                    "name": null } },
                  "waivers": [
                    { "rule": "B", "entity": "*", "reason": "planned", "text": "next quarter", "until": "2027-03-31" }
                  ]
                }
                """);
        var messages = new List<BuildMessage>();
        var configuration = ScorecardConfiguration.Load(folder["src/scorecard.json"], messages, folder.Root);
        Assert.All(messages, message => Assert.Equal(BuildMessage.ConfigurationIsInvalid, message.Code));
        Assert.Equal([("scorecard.json", 3), ("scorecard.json", 4), ("scorecard.json", 5), ("src/scorecard.json", 3)], messages.Select(message => (Path.GetRelativePath(folder.Root, message.File!).Replace('\\', '/'), message.Line)));
        Assert.StartsWith("'rules' is null", messages[0].Text, StringComparison.Ordinal);
        Assert.Equal((3, "Theirs", "shop"), (configuration.Rules["A"].Level, configuration.Rules["A"].Name, configuration.Rules["A"].Owner));
        Assert.Equal(["acme"], configuration.Teams);
        Assert.Equal([(folder["org.json"], 1), (folder["src/scorecard.json"], 5)], configuration.Waivers.Select(waiver => (waiver.Place!.File, waiver.Place.Line)));
    }

    [Fact]
    public void LastValidLayerStillCounts()
    {
        using var folder = new TemporaryFolder()
            .With("org.json", """{ "teams": ["acme"], "rules": { "A": { "enabled": false } }, "locked": ["rules.A"] }""")
            .With("scorecard.json", """{ "extends": "./org.json", "levle": 2 }""")
            .With("src/scorecard.json", """{ "rules": { "A": { "enabled": false, "level": 2 } """);
        var messages = new List<BuildMessage>();
        var configuration = ScorecardConfiguration.Load(folder["src/scorecard.json"], messages, folder.Root);
        Assert.Equal([BuildMessage.ConfigurationIsInvalid, BuildMessage.ConfigurationIsInvalid], messages.Select(message => message.Code));
        Assert.Equal([folder["scorecard.json"], folder["src/scorecard.json"]], messages.Select(message => message.File));
        Assert.Equal(["acme"], configuration.Teams);
        Assert.False(configuration.Rules["A"].Enabled);
    }

    /// <summary>A file that is not there is nobody's.</summary>
    [Theory]
    [InlineData("Acme.Preset", "Acme.Preset")]
    [InlineData("./preset.json", "")]
    public void PackageThatIsExtendedAndNotReferencedIsMissing(string extends, string missing)
    {
        var (configuration, messages) = Load($$"""{ "extends": "{{extends}}", "teams": ["a"] }""");
        Assert.Single(messages);
        Assert.Equal(missing, string.Join(' ', configuration.MissingPresets));
    }

    [Fact]
    public void FilesThatExtendEachOtherAreReadOnce()
    {
        using var folder = new TemporaryFolder().With("a.json", """{ "extends": "./b.json", "teams": ["a"] }""").With("b.json", """{ "extends": "./a.json", "teams": ["b"] }""");
        Assert.Equal(["b", "a"], ScorecardConfiguration.Load(folder["a.json"], []).Teams);
    }

    [Fact]
    public void MappedIdsAreThoseNamedAndThoseThatAWildcardMeans()
    {
        var (configuration, _) = Load("""
            {
              "rules": {
                "SCORE2001": { "level": 2 },
                "CA2007": {},
                "steady": { "diagnostics": ["MA0004", "CA15*", "!CA1511", "S2259", "CS86*", "CS8*", "CS*"] }
              }
            }
            """);
        Assert.Equal(["CA1510", "CA2007", "CS86*", "MA0004", "S2259"], configuration.MappedIds(["CA1510", "CA1511", "CA1822"]));
    }

    /// <summary>What they mean only their analyzer knows; the compiler's own are among the ids.</summary>
    [Fact]
    public void WildcardsOfOtherAnalyzersAreListed()
    {
        var (configuration, _) = Load("""{ "rules": { "steady": { "diagnostics": ["CA2012", "VSTHRD*", "MA00??", "!MA01*", "CS86*", "CS*"] }, "SCORE2001": {} } }""");
        Assert.Equal(["MA00??", "VSTHRD*"], configuration.MappedWildcards);
    }

    [Theory]
    [InlineData("CS8*", "CS86*")]
    [InlineData("CS*", "CS86*")]
    [InlineData("CS01*", "CS01*")]
    [InlineData("CA1510", "CA1510")]
    public void WildcardOfMostThatTheCompilerSaysAsksAfterNullableWarnings(string pattern, string mapped)
    {
        var (configuration, _) = Load($$"""{ "rules": { "steady": { "diagnostics": ["{{pattern}}"] } } }""");
        Assert.Equal([mapped], configuration.MappedIds([]));
    }

    [Fact]
    public void ByteOrderMarkIsNoMistake()
    {
        using var folder = new TemporaryFolder().With("scorecard.json", "\uFEFF{ \"teams\": [\"a\"] }");
        Assert.Equal(["a"], ScorecardConfiguration.Load(folder["scorecard.json"], []).Teams);
    }

    static (ScorecardConfiguration, List<BuildMessage>) Load(string text)
    {
        using var folder = new TemporaryFolder().With("scorecard.json", text);
        var messages = new List<BuildMessage>();
        return (ScorecardConfiguration.Load(folder["scorecard.json"], messages), messages);
    }
}
