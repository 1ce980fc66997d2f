using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2006MeterIsRegisteredFixTests
{
    const string OneMeter = """

        static class Telemetry
        {
            public static readonly Meter Orders = new("Checkout.Orders");
        }
        """;

    [Theory]
    [InlineData("metrics => metrics.AddOtlpExporter()", "metrics => metrics.AddMeter(\"Checkout.Orders\").AddOtlpExporter()")]
    [InlineData("metrics => metrics.AddMeter(\"a\").AddOtlpExporter()", "metrics => metrics.AddMeter(\"a\").AddMeter(\"Checkout.Orders\").AddOtlpExporter()")]
    [InlineData("(t) => { t.AddOtlpExporter(); }", "(t) => { t.AddMeter(\"Checkout.Orders\").AddOtlpExporter(); }")]
    [InlineData("", "metrics => metrics.AddMeter(\"Checkout.Orders\")")]
    public async Task MeterIsAddedToTheMetricsAndPasses(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE2006MeterIsRegistered>(TestProject.Service(Program($".WithMetrics({before})", OneMeter))))!;

        Assert.Equal(Program($".WithMetrics({after})", OneMeter), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(isFixed);
    }

    [Fact]
    public async Task ChainWithOneCallPerLineStaysOne()
    {
        var isFixed = (await FixTest.FixAsync<SCORE2006MeterIsRegistered>(TestProject.Service(Program("""
            .WithMetrics(metrics => metrics
                .SetMaxMetricStreams(10)
                .AddOtlpExporter())
            """, OneMeter))))!;

        Assert.Equal(Program("""
            .WithMetrics(metrics => metrics
                .AddMeter("Checkout.Orders")
                .SetMaxMetricStreams(10)
                .AddOtlpExporter())
            """, OneMeter), isFixed.Sources[0].Code);
    }

    [Fact]
    public async Task MetricsInAnotherFileAreFound()
    {
        var isFixed = (await FixTest.FixAsync<SCORE2006MeterIsRegistered>(TestProject.Service(Program("", OneMeter)).WithSource("Wiring.cs", """
            using OpenTelemetry;
            using OpenTelemetry.Metrics;

            class Wiring
            {
                static readonly MeterProvider Provider = Sdk.CreateMeterProviderBuilder().Build();
            }
            """)))!;

        Assert.Contains("Sdk.CreateMeterProviderBuilder().AddMeter(\"Checkout.Orders\").Build()", isFixed.Sources[2].Code, StringComparison.Ordinal);
        await RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(isFixed);
    }

    [Fact]
    public async Task NothingIsOfferedWhereTheProjectSetsUpNoMetrics() =>
        Assert.Null(await FixTest.FixAsync<SCORE2006MeterIsRegistered>(TestProject.Service(Program("", OneMeter))));

    [Fact]
    public async Task TitleSaysWhatIsAdded() =>
        Assert.Equal("Add AddMeter(\"Checkout.Orders\") to the metrics", await FixTest.TitleAsync<SCORE2006MeterIsRegistered>(TestProject.Service(Program(".WithMetrics()", OneMeter))));

    [Fact]
    public async Task NothingIsOfferedForALookAlike() =>
        Assert.Null(await FixTest.FixAsync<SCORE2006MeterIsRegistered>(TestProject.Service(Program("", OneMeter + """


            class Mine
            {
                public Mine AddMeter(string name) => name.Length > 0 ? this : AddMeter("a");
            }
            """))));

    [Fact]
    public async Task AllMetersAreAddedAtOnce()
    {
        var isFixed = await FixTest.FixAllAsync<SCORE2006MeterIsRegistered>(TestProject.Service(Program(".WithMetrics(metrics => metrics.AddMeter(\"a\"))", """

            static class Telemetry
            {
                public static readonly Meter Orders = new("Checkout.Orders"), Payments = new("Checkout.Payments"), Again = new("Checkout.Orders");
            }
            """)));

        Assert.Contains("metrics.AddMeter(\"a\").AddMeter(\"Checkout.Orders\").AddMeter(\"Checkout.Payments\"))", isFixed.Sources[0].Code, StringComparison.Ordinal);
        await RuleTest.PassesAsync<SCORE2006MeterIsRegistered>(isFixed);
    }

    static string Program(string metrics, string types) => $"""
        using System.Diagnostics.Metrics;
        using OpenTelemetry.Metrics;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddOpenTelemetry(){metrics};
        builder.Build().Run();
        {types}
        """;
}
