namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>Runs a rule on tests at both of its entries: in the compilation of the tests, and in that of the service that they test, where they are syntax.</summary>
static class TwoEntries
{
    const string Project = "tests/Checkout.Tests/Checkout.Tests.csproj";

    /// <summary>The service whose build hands over these sources as its tests.</summary>
    public static TestProject Service(params IEnumerable<string> sources) =>
        sources.Select((code, number) => (code, number)).Aggregate(
            TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithFacts($"format = 1\ntest-project = {Project}\n"),
            (service, source) => service.WithTest(source.code, Project, $"Tests{source.number}.cs"));

    public static async Task FailsAsync<TRule>(TestProject tests) where TRule : Rule, new()
    {
        await RuleTest.FailsAsync<TRule>(tests);
        await FailsInTheServiceAsync<TRule>([.. tests.Sources.Where(s => !s.Path.Contains("/obj/", StringComparison.Ordinal)).Select(s => s.Code)]);
    }

    public static async Task PassesAsync<TRule>(TestProject tests) where TRule : Rule, new()
    {
        await RuleTest.PassesAsync<TRule>(tests);
        await PassesInTheServiceAsync<TRule>([.. tests.Sources.Where(s => !s.Path.Contains("/obj/", StringComparison.Ordinal)).Select(s => s.Code)]);
    }

    /// <summary>Reports exactly at the places marked in the first source.</summary>
    public static async Task FailsInTheServiceAsync<TRule>(params string[] sources) where TRule : Rule, new() =>
        Assert.DoesNotContain("SCORE0002", await RunInTheServiceAsync<TRule>(sources));

    /// <summary>Reports exactly at the places marked in the first source, and says besides what it could not decide.</summary>
    public static async Task FailsAndStandsAsideAsync<TRule>(params string[] sources) where TRule : Rule, new() =>
        Assert.Contains("SCORE0002", await RunInTheServiceAsync<TRule>(sources));

    static async Task<IEnumerable<string>> RunInTheServiceAsync<TRule>(string[] sources) where TRule : Rule, new()
    {
        var markup = Markup.Parse(sources[0]);
        Assert.NotEmpty(markup.Spans);
        var run = await RuleTest.AnalyzeAsync(Service([markup.Code, .. sources.Skip(1)]), new TRule());
        Assert.Equal(
            markup.Spans.Select(s => s.Span).Order().Select(s => $"{new TRule().Descriptor.Id} at {s} in /repo/tests/Checkout.Tests/Tests0.cs"),
            run.Where(d => d.Id != "SCORE0002").OrderBy(d => d.Location.SourceSpan).Select(d => $"{d.Id} at {d.Location.SourceSpan} in {d.Location.GetLineSpan().Path}"));
        return run.Select(d => d.Id);
    }

    public static async Task PassesInTheServiceAsync<TRule>(params string[] sources) where TRule : Rule, new() =>
        Assert.Empty((await RuleTest.AnalyzeAsync(Service(sources), new TRule())).Select(d => d.ToString()));

    public static Task StandsAsideInTheServiceAsync<TRule>(string reason, params string[] sources) where TRule : Rule, new() =>
        RuleTest.StandsAsideAsync<TRule>(Service(sources), "undecided", reason);
}
