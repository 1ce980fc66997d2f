using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Server;
using OutcomeState = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A service that compiles where there is neither a repository nor CI, as in <c>docker build</c>, and is pushed by the job around it.</summary>
public sealed class ContainerTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("scorecard-container-").FullName;

    [Fact]
    public async Task OutcomesOfAContainerArePushedWithTheCommitOfTheCheckout()
    {
        using var repository = new ServiceRepository();
        var image = Path.Combine(folder, "image");
        Copy(Path.Combine(repository.Root, "src", "Checkout"), Path.Combine(image, "src"));
        var output = Path.Combine(image, "scorecard");

        var build = Command.Run(Path.Combine(image, "src"), Package.Current.Environment, "dotnet",
            "publish", "Checkout.csproj", "-o", Path.Combine(image, "app"), "-nologo", "-tl:off", "-p:ScorecardReport=true", "-p:ScorecardPublish=false", $"-p:ScorecardOutputDirectory={output}");
        Assert.True(build.ExitCode == 0, build.Output);
        var document = Assert.Single(Directory.GetFiles(output, "outcomes.json", SearchOption.AllDirectories).Select(OutcomesDocument.Read));
        Assert.Equal(("service:checkout", null, null), (document.Entity.Reference, document.Revision.Sha, document.Revision.Url));
        // There are tests in the repository, which the container does not see.
        Assert.NotEqual(OutcomeState.Fail, document.Outcomes.Single(outcome => outcome.Key == "SCORE3001").State);

        await using var server = ScorecardServer.Create(new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = $"Data Source={Path.Combine(folder, "scorecard.db")}" });
        await server.StartAsync();
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Url, ApiKey = "reader", ApplicationKey = "reader" });
        foreach (var outcome in document.Outcomes)
            await client.Rules.AddAsync(new RuleAttributes { Name = outcome.Rule, ScorecardName = outcome.Scorecard, Level = outcome.Level, Enabled = true });
        repository.Write("entities.txt", "service:checkout\n");
        var push = repository.With("DD_API_KEY", "api").With("DD_APP_KEY", "app")
            .DotNet(Path.Combine(AppContext.BaseDirectory, "scorecard.dll"), "push", output, "--allow-entities", "entities.txt", "--api-url", server.Url.ToString(), "--verify");
        Assert.True(push.ExitCode == 0, push.Output);

        var published = await client.Outcomes.ListAsync().ToListAsync();
        Assert.NotEmpty(published);
        var commit = repository.Git("rev-parse", "HEAD")[..7];
        Assert.All(published, outcome => Assert.Contains($"commit {commit} · ", outcome.Attributes.Remarks!, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
