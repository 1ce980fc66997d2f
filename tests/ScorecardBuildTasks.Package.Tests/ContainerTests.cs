using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Server;
using OutcomeState = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A service that compiles where there is neither a repository nor CI, as in <c>docker build</c>, and is pushed by the job around it.</summary>
public sealed partial class ContainerTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("scorecard-container-").FullName;

    /// <summary>By the commands of the page, in folders that stand for the image's.</summary>
    /// <param name="whole">The context is the repository; else it is the service's folder only.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OutcomesOfAContainerArePushedWithTheCommitOfTheCheckout(bool whole)
    {
        using var repository = new ServiceRepository();
        var image = Path.Combine(folder, "image");
        Copy(whole ? repository.Root : Path.Combine(repository.Root, "src", "Checkout"), Path.Combine(image, "src"));
        var recipe = Page().Split('\n').Single(line => line.StartsWith("RUN dotnet publish ", StringComparison.Ordinal))["RUN dotnet ".Length..];
        if (!whole)
            recipe = recipe.Replace(" src/Checkout ", " . ", StringComparison.Ordinal).Replace(" -p:ScorecardRepositoryRoot=/src", "", StringComparison.Ordinal);
        Assert.Equal(whole, recipe.Contains("ScorecardRepositoryRoot", StringComparison.Ordinal));

        var build = Command.Run(Path.Combine(image, "src"), Package.Current.Environment, "dotnet", recipe.Split(' ').Select(argument => Root().Replace(argument, $"$1{image}/")));
        Assert.True(build.ExitCode == 0, build.Output);
        var document = Assert.Single(Directory.GetFiles(Path.Combine(image, "scorecard"), "outcomes.json", SearchOption.AllDirectories).Select(OutcomesDocument.Read));
        Assert.Equal(("service:checkout", null, null), (document.Entity.Reference, document.Revision.Sha, document.Revision.Url));
        // There are tests in the repository, which the service's folder does not show.
        var tested = document.Outcomes.Single(outcome => outcome.Key == "SCORE3001");
        Assert.Equal(whole ? OutcomeState.Pass : OutcomeState.NotEvaluated, tested.State);

        await using var server = ScorecardServer.Create(new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = $"Data Source={Path.Combine(folder, "scorecard.db")}" });
        await server.StartAsync();
        using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Url, ApiKey = "reader", ApplicationKey = "reader" });
        foreach (var outcome in document.Outcomes)
            await client.Rules.AddAsync(new RuleAttributes { Name = outcome.Rule, ScorecardName = outcome.Scorecard, Level = outcome.Level, Enabled = true });
        repository.Write("entities.txt", "service:checkout\n");
        const string copied = "artifacts/scorecard";
        Directory.CreateDirectory(Path.Combine(repository.Root, "artifacts"));
        Directory.Move(Path.Combine(image, "scorecard"), Path.Combine(repository.Root, copied));
        Assert.Contains($"\ndocker build --target scorecard --output {copied} .\nscorecard push {copied} --allow-entities entities.txt\n", Page(), StringComparison.Ordinal);
        var push = repository.With("DD_API_KEY", "api").With("DD_APP_KEY", "app").With("SCORECARD_API_URL", server.Url.ToString())
            .DotNet(Path.Combine(AppContext.BaseDirectory, "scorecard.dll"), "push", copied, "--allow-entities", "entities.txt");
        Assert.True(push.ExitCode == 0, push.Output);

        var published = await client.Outcomes.ListAsync(new OutcomeFilter { IncludeRule = true }).ToListAsync();
        Assert.NotEmpty(published);
        var commit = repository.Git("rev-parse", "HEAD")[..7];
        // What the context does not show is not said over what the repository's own build says.
        Assert.Equal(whole, published.Exists(outcome => outcome.Rule?.Name == tested.Rule));
        Assert.All(published, outcome => Assert.Contains($"commit {commit} · ", outcome.Attributes.Remarks!, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Page() => File.ReadAllText(Path.Combine(Package.RepositoryRoot, "docs", "ci.md")).ReplaceLineEndings("\n");

    /// <summary>As <c>COPY</c> with a <c>.dockerignore</c> that leaves <c>.git</c> out.</summary>
    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var inner in Directory.GetDirectories(from).Where(inner => Path.GetFileName(inner) != ".git"))
            Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
    }

    /// <summary>A path of the image, by itself or as a property's value.</summary>
    [GeneratedRegex("^(.+=)?/")]
    private static partial Regex Root();
}
