using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Server;
using OutcomeState = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary><c>scorecard doctor</c> on a service that is built and published once; each test breaks one link, and the last line names it.</summary>
public sealed partial class DoctorTests(DoctorTests.Published published) : IClassFixture<DoctorTests.Published>
{
    const string Project = "src/Checkout/Checkout.csproj";

    public sealed class Published : IAsyncLifetime
    {
        readonly string folder = Directory.CreateTempSubdirectory("scorecard-doctor-").FullName;
        ScorecardServer server = null!;

        internal ServiceRepository Repository { get; } = new();

        public async Task InitializeAsync()
        {
            server = ScorecardServer.Create(new ScorecardServerOptions { Urls = ["http://127.0.0.1:0"], Database = $"Data Source={Path.Combine(folder, "scorecard.db")}" });
            await server.StartAsync();
            using var client = new ScorecardClient(new ScorecardClientOptions { ApiUrl = server.Url, ApiKey = "reader", ApplicationKey = "reader" });
            var build = Repository.Report();
            Assert.True(build.ExitCode == 0, build.Output);
            foreach (var outcome in Repository.Outcomes.Outcomes)
                await client.Rules.AddAsync(new RuleAttributes { Name = outcome.Rule, ScorecardName = outcome.Scorecard, Level = outcome.Level, Enabled = true, ScopeQuery = "kind:service" });
            Assert.Contains("outcomes published", Repository.Publish(server.Url).Output, StringComparison.Ordinal);
            Repository.Write("artifacts/event.json", """{"repository":{"default_branch":"main"}}""");
        }

        public async Task DisposeAsync()
        {
            await server.DisposeAsync();
            Repository.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        /// <summary>As in a job of GitHub Actions that publishes.</summary>
        internal Command Doctor(params IEnumerable<(string Name, string Value)> environment)
        {
            var variables = new Dictionary<string, string?>(Package.Current.Environment)
            {
                ["GITHUB_ACTIONS"] = "true",
                ["GITHUB_EVENT_NAME"] = "push",
                ["GITHUB_REF"] = "refs/heads/main",
                ["GITHUB_EVENT_PATH"] = Path.Combine(Repository.Root, "artifacts", "event.json"),
                ["SCORECARD_API_URL"] = server.Url.ToString(),
                ["DD_API_KEY"] = "api-key-of-the-test",
                ["DD_APP_KEY"] = "app-key-of-the-test",
            };
            foreach (var (name, value) in environment)
                variables[name] = value;
            var doctor = Command.Run(Repository.Root, variables, "dotnet", Path.Combine(AppContext.BaseDirectory, "scorecard.dll"), "doctor", Project);
            Assert.DoesNotContain("key-of-the-test", doctor.Output, StringComparison.Ordinal);
            return doctor;
        }
    }

    [Fact]
    public void NothingIsBrokenAfterAPublish()
    {
        var doctor = published.Doctor();
        Assert.True(doctor.ExitCode == 0, doctor.Output);
        Assert.Equal("first thing to fix: nothing", LastLine(doctor));
        Assert.Equal(
            [
                "the package is loaded", "the compiler ran the rules", "the error log is stamped", "the entity is known", "the outcomes are reported",
                .. published.Repository.Outcomes.Outcomes.Select(outcome => $"{outcome.Key} is evaluated"),
                "a CI provider is detected", "no pull request is built", "the default branch is known", "the default branch is built", "the provider's commit is checked out", "both keys are in the environment", "the entity is not merely guessed",
                "the keys are set", "the site has scorecards", "the keys may read", "the keys may write",
                "the lock file can be read, and its ids exist", "the rules exist", "the rules are enabled", "the rules' scope_query has the entity", "the outcomes are those of the last report",
            ],
            doctor.Lines.SkipLast(2).Select((line, index) => Link().Match(line) is { Success: true } match && match.Groups["number"].Value == $"{index + 1}" && match.Groups["answer"].Value == (match.Groups["what"].Value == "the keys may write" ? "unknown" : "ok") ? match.Groups["what"].Value : line));
        Assert.Contains("API key …test, application key …test", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("service:checkout, from src/Checkout/entity.datadog.yaml", doctor.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ScorecardEnabled", "false", "the package is loaded: ScorecardEnabled=false switches it off")]
    [InlineData("ScorecardProjectKind", "library", "the project is a service: it is taken for 'library'")]
    [InlineData("NoWarn", "SCORE2001", "the error log is stamped: the error log is older than the configuration")]
    [InlineData("ScorecardEntity", "service:other", "the outcomes are reported: ")]
    [InlineData("ScorecardReport", "false", "reporting is on: ScorecardReport=false")]
    [InlineData("ScorecardPublish", "false", "publishing is on: ScorecardPublish=false")]
    [InlineData("GITHUB_EVENT_NAME", "pull_request", "no pull request is built: GitHub Actions builds a pull request")]
    [InlineData("GITHUB_EVENT_PATH", "", "the default branch is known: the default branch is not known; set ScorecardDefaultBranch")]
    [InlineData("GITHUB_REF", "refs/heads/feature", "the default branch is built: 'feature' is not the default branch 'main'")]
    [InlineData("GITHUB_SHA", "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "the provider's commit is checked out: ")]
    [InlineData("DD_APP_KEY", "", "both keys are in the environment: DD_APP_KEY is not set; give it to this step as secret")]
    [InlineData("SCORECARD_API_URL", "nonsense", "the site has scorecards: SCORECARD_API_URL is 'nonsense'")]
    public void BrokenLinkIsTheFirstThingToFix(string variable, string value, string line)
    {
        var doctor = published.Doctor((variable, value));
        Assert.True(doctor.ExitCode == 1, doctor.Output);
        Assert.Matches(@$"^first thing to fix: \d+\. {Regex.Escape(line)}", LastLine(doctor));
    }

    [Fact]
    public void MissingLogNamesTheCommandThatMakesIt()
    {
        using var without = new Without(Path.Combine(published.Repository.Intermediate, "scorecard.sarif"));
        var doctor = published.Doctor();
        Assert.Matches(@"^first thing to fix: 2\. the compiler ran the rules: .*dotnet build .*Checkout\.csproj -p:ScorecardReport=true", LastLine(doctor));
    }

    [Fact]
    public void LogOfACompilerWithoutAnalyzersIsNamed()
    {
        var log = Path.Combine(published.Repository.Intermediate, "scorecard.sarif");
        using var without = new Without(log);
        File.WriteAllText(log, """{ "version": "2.1.0", "runs": [ { "results": [], "tool": { "driver": { "name": "csc" } } } ] }""");
        Assert.Matches(@"^first thing to fix: 2\. the compiler ran the rules: no analyzer ran", LastLine(published.Doctor()));
    }

    [Fact]
    public void GuessedEntityIsNamed()
    {
        using var without = new Without(Path.Combine(published.Repository.Root, "src/Checkout/entity.datadog.yaml"));
        Assert.Matches(@"^first thing to fix: \d+\. the entity is known: service:checkout is only guessed", LastLine(published.Doctor()));
    }

    [Fact]
    public void RuleThatIsNotEvaluatedIsNamed()
    {
        var document = published.Repository.Outcomes;
        using var without = new Without(published.Repository.OutcomesFile);
        (document with { Outcomes = [document.Outcomes[0] with { State = OutcomeState.NotEvaluated, Reason = "it crashed" }, .. document.Outcomes.Skip(1)] }).Write(published.Repository.OutcomesFile);
        Assert.Matches(@$"^first thing to fix: \d+\. {document.Outcomes[0].Key} is evaluated: not evaluated, it crashed", LastLine(published.Doctor()));
    }

    [Theory]
    [InlineData("scorecard.json", "scorecard.json can be read")]
    [InlineData("scorecard.lock.json", "the lock file can be read, and its ids exist")]
    public void FileThatCannotBeReadIsNamed(string name, string link)
    {
        var file = Path.Combine(published.Repository.Root, name);
        published.Repository.Write(name, "{");
        try
        {
            Assert.Matches(@$"^first thing to fix: \d+\. {Regex.Escape(link)}: {Regex.Escape(file)}\(1,2\)", LastLine(published.Doctor()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void OutsideCiTheConditionsAreUnknown()
    {
        var doctor = published.Doctor(("GITHUB_ACTIONS", ""));
        Assert.Equal("first thing to fix: nothing", LastLine(doctor));
        Assert.Matches(@"(?m)^ *\d+\. unknown  a CI provider is detected: this is no CI build", doctor.Output);
        Assert.Matches(@"(?m)^ *\d+\. unknown  the default branch is built: a CI build of it would publish; 'main' is checked out here", doctor.Output);
    }

    [Fact]
    public void ProjectWithoutThePackageIsNamed()
    {
        using var repository = new ServiceRepository(package: false);
        var project = Path.Combine(repository.Root, Project);
        string[] doctor = [Path.Combine(AppContext.BaseDirectory, "scorecard.dll"), "doctor", project];
        Assert.Contains("the package is loaded: the project is not restored: dotnet restore", LastLine(repository.DotNet(doctor)), StringComparison.Ordinal);
        repository.DotNet("restore", project);
        Assert.Contains("1. the package is loaded: the project does not have it; add <PackageReference", LastLine(repository.DotNet(doctor)), StringComparison.Ordinal);
    }

    static string LastLine(Command doctor) => doctor.Lines.Last(line => line.Length > 0);

    [GeneratedRegex(@"^ *(?<number>\d+)\. (?<answer>\w+) +(?<what>[^:]+):")]
    private static partial Regex Link();

    /// <summary>A file is away for the length of a test.</summary>
    sealed class Without : IDisposable
    {
        readonly string path;

        public Without(string path)
        {
            this.path = path;
            File.Move(path, path + ".away");
        }

        public void Dispose() => File.Move(path + ".away", path, overwrite: true);
    }
}
