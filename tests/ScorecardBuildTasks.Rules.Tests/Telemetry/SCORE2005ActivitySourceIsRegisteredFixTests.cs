using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2005ActivitySourceIsRegisteredFixTests
{
    const string OneSource = """

        static class Telemetry
        {
            public static readonly ActivitySource Orders = new("Checkout.Orders");
        }
        """;

    [Theory]
    [InlineData("tracing => tracing.AddOtlpExporter()", "tracing => tracing.AddSource(\"Checkout.Orders\").AddOtlpExporter()")]
    [InlineData("tracing => tracing.AddSource(\"a\").AddOtlpExporter()", "tracing => tracing.AddSource(\"a\").AddSource(\"Checkout.Orders\").AddOtlpExporter()")]
    [InlineData("(t) => { t.AddOtlpExporter(); }", "(t) => { t.AddSource(\"Checkout.Orders\").AddOtlpExporter(); }")]
    [InlineData("", "tracing => tracing.AddSource(\"Checkout.Orders\")")]
    public async Task SourceIsAddedToTheTracerAndPasses(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service(Program($".WithTracing({before})", OneSource))))!;

        Assert.Equal(Program($".WithTracing({after})", OneSource), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(isFixed);
    }

    [Fact]
    public async Task ChainWithOneCallPerLineStaysOne()
    {
        var isFixed = (await FixTest.FixAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service(Program("""
            .WithTracing(tracing => tracing
                .SetSampler(new AlwaysOnSampler())
                .AddOtlpExporter())
            """, OneSource))))!;

        Assert.Equal(Program("""
            .WithTracing(tracing => tracing
                .AddSource("Checkout.Orders")
                .SetSampler(new AlwaysOnSampler())
                .AddOtlpExporter())
            """, OneSource), isFixed.Sources[0].Code);
    }

    [Fact]
    public async Task TracerInAnotherFileIsFound()
    {
        var isFixed = (await FixTest.FixAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service(Program("", OneSource)).WithSource("Wiring.cs", """
            using OpenTelemetry;
            using OpenTelemetry.Trace;

            class Wiring
            {
                static readonly TracerProvider Provider = Sdk.CreateTracerProviderBuilder().Build();
            }
            """)))!;

        Assert.Contains("Sdk.CreateTracerProviderBuilder().AddSource(\"Checkout.Orders\").Build()", isFixed.Sources[2].Code, StringComparison.Ordinal);
        await RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(isFixed);
    }

    [Fact]
    public async Task NothingIsOfferedWhereTheProjectBuildsNoTracer() =>
        Assert.Null(await FixTest.FixAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service(Program("", OneSource))));

    [Fact]
    public async Task NothingIsOfferedForALookAlike() =>
        Assert.Null(await FixTest.FixAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service(Program("", OneSource + """


            class Mine
            {
                public Mine AddSource(string name) => name.Length > 0 ? this : AddSource("a");
            }
            """))));

    [Fact]
    public async Task AllSourcesAreAddedAtOnce()
    {
        var isFixed = await FixTest.FixAllAsync<SCORE2005ActivitySourceIsRegistered>(TestProject.Service(Program(".WithTracing(tracing => tracing.AddSource(\"a\"))", """

            static class Telemetry
            {
                public static readonly ActivitySource Orders = new("Checkout.Orders"), Payments = new("Checkout.Payments"), Again = new("Checkout.Orders");
            }
            """)));

        Assert.Contains("tracing.AddSource(\"a\").AddSource(\"Checkout.Orders\").AddSource(\"Checkout.Payments\"))", isFixed.Sources[0].Code, StringComparison.Ordinal);
        await RuleTest.PassesAsync<SCORE2005ActivitySourceIsRegistered>(isFixed);
    }

    static string Program(string tracing, string types) => $"""
        using System.Diagnostics;
        using OpenTelemetry.Trace;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenTelemetry(){tracing};
        builder.Build().Run();
        {types}
        """;
}
