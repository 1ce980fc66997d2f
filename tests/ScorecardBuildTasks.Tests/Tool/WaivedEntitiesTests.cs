using ScorecardBuildTasks.Tests.Api;
using State = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tests.Tool;

/// <summary>A waiver for an entity that nothing is, told by the commands that see more than one project.</summary>
public sealed class WaivedEntitiesTests
{
    const string Misspelt = "scorecard.json(3,5): warning SCORE0018: the waiver of Traced for service:chekcout: no project of the repository is that entity; correct its name, or remove the waiver";

    [Theory]
    [InlineData("report")]
    [InlineData("push")]
    public async Task EntityThatIsMisspeltIsToldWhereItIsWritten(string command)
    {
        await using var api = await TestApi.StartAsync();
        using var folder = Repository("service:chekcout", api);
        await api.AddRuleAsync("Traced");
        var result = (await folder.RunInAsync("src", command, "../out")).Ends(0);
        Assert.EndsWith(Misspelt, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("SCORE0018", result.Output, StringComparison.Ordinal);
    }

    /// <summary>What is not among the outcomes may not have been built.</summary>
    [Theory]
    [InlineData("service:checkout", "notes.txt", "")]
    [InlineData("checkout", "notes.txt", "")]
    [InlineData("*", "notes.txt", "")]
    [InlineData("mail", "src/service.datadog.yaml", "schema-version: v2.2\ndd-service: mail\n")]
    [InlineData("mail", "src/Mail/Dockerfile", "FROM aspnet\nENV DD_SERVICE=mail\n")]
    [InlineData("mail.worker", "notes.txt", "")]
    [InlineData("acme.mail.worker", "Directory.Build.props", "<Project><PropertyGroup><AssemblyName>Acme.$(MSBuildProjectName)</AssemblyName></PropertyGroup></Project>")]
    [InlineData("queue:mails", "src/Mail/Mail.Worker.csproj", "<Project><PropertyGroup><ScorecardEntity Condition=\"'$(Queue)' != ''\"> queue:mails </ScorecardEntity></PropertyGroup></Project>")]
    public async Task EntityOfAProjectThatIsNotReportedIsNotToldAsMisspelt(string entity, string file, string text)
    {
        using var folder = Repository(entity);
        folder.Write(file, text);
        Assert.Equal("", (await folder.RunAsync("report", "out")).Ends(0).Error);
    }

    [Theory]
    [InlineData("Directory.Build.props", "<Project><PropertyGroup><ScorecardEntity>$(Team)-mail</ScorecardEntity></PropertyGroup></Project>")]
    [InlineData("Shop.slnx", "<Solution><Project Path=\"src/Absent/Absent.csproj\" /></Solution>")]
    public async Task NothingIsToldWhereNotEveryEntityCanBeKnown(string file, string text)
    {
        using var folder = Repository("service:chekcout");
        folder.Write(file, text);
        Assert.Equal("", (await folder.RunAsync("report", "out")).Ends(0).Error);
    }

    /// <summary>It is every repository's.</summary>
    [Fact]
    public async Task WaiverOfAPresetMayBeAnotherRepositorys()
    {
        using var folder = Repository("service:elsewhere");
        File.Move(folder["scorecard.json"], folder["preset.json"]);
        folder.Write("scorecard.json", """{ "extends": "./preset.json" }""");
        Assert.Equal("", (await folder.RunAsync("report", "out")).Ends(0).Error);
    }

    /// <summary>Outcomes of Checkout, a project Mail.Worker that has none, and a waiver.</summary>
    static ToolFolder Repository(string entity, TestApi? api = null)
    {
        var folder = new ToolFolder(api);
        Directory.CreateDirectory(folder[".git"]);
        folder.Write("src/Checkout/Checkout.csproj", "<Project />");
        folder.Write("src/Mail/Mail.Worker.csproj", "<Project />");
        folder.Write("scorecard.json", $$"""
            {
              "waivers": [
                { "rule": "Traced", "entity": "{{entity}}", "reason": "planned", "text": "replaced soon", "until": "2999-12-31" }
              ]
            }
            """);
        folder.WriteOutcomes("out/checkout", "service:checkout", ("Traced", State.Fail));
        return folder;
    }
}
