using ScorecardBuildTasks.Rules.Telemetry;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Telemetry;

public sealed class SCORE2010LogTemplateIsConstantFixTests
{
    [Theory]
    [InlineData("$\"Order {id}\"", "\"Order {Id}\", id")]
    [InlineData("$\"{order.Id} costs {order.Total:F2} for {order.Customer.Name,10}\"", "\"{OrderId} costs {OrderTotal:F2} for {OrderCustomerName,10}\", order.Id, order.Total, order.Customer.Name")]
    [InlineData("$\"{order.GetAge()} {order?.Id} {(id > 0 ? 1 : 2)} {id + 1}\"", "\"{Age} {OrderId} {Value} {Value2}\", order.GetAge(), order?.Id, id > 0 ? 1 : 2, id + 1")]
    [InlineData("$\"{id} and {id}\"", "\"{Id} and {Id2}\", id, id")]
    [InlineData("$\"a \\\"quote\\\" {_count}\\n\"", "\"a \\\"quote\\\" {Count}\\n\", _count")]
    [InlineData("$@\"c:\\{id}\"", "@\"c:\\{Id}\", id")]
    [InlineData("$\"\"\"say \"{id}\" \"\"\"", "\"\"\"say \"{Id}\" \"\"\", id")]
    [InlineData("$\"{id.ToString()}\"", "\"{Id}\", id.ToString()")]
    [InlineData("$\"{nameof(Customer)} {nameof(order.Total)} of {id}\"", "\"Customer Total of {Id}\", id")]
    [InlineData("$\"ids {ids}\"", "\"ids {Ids}\", (object)ids")]
    [InlineData("$\"ids {objects}\"", "\"ids {Objects}\", (object)objects")]
    [InlineData("$\"ids {none}\"", "\"ids {None}\", (object?)none")]
    [InlineData("$\"ids {ids ?? []}\"", "\"ids {Ids}\", (object)(ids ?? [])")]
    [InlineData("$\"ids {ids} of {id}\"", "\"ids {Ids} of {Id}\", ids, id")]
    [InlineData("$\"ids {numbers}\"", "\"ids {Numbers}\", numbers")]
    public async Task HolesBecomeNamedPlaceholders(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE2010LogTemplateIsConstant>(Service($"logger.LogInformation({before});")))!;

        Assert.Equal(Program($"logger.LogInformation({after});"), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE2010LogTemplateIsConstant>(isFixed);
    }

    [Theory]
    [InlineData("logger.LogError(new Exception(), $\"Order {id}\");", "logger.LogError(new Exception(), \"Order {Id}\", id);")]
    [InlineData("using var scope = logger.BeginScope($\"Order {id}\");", "using var scope = logger.BeginScope(\"Order {Id}\", id);")]
    [InlineData("LoggerExtensions.LogError(logger, $\"Order {id}\");", "LoggerExtensions.LogError(logger, \"Order {Id}\", id);")]
    public async Task EveryCallIsFixed(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE2010LogTemplateIsConstant>(Service(before)))!;

        Assert.Equal(Program(after), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE2010LogTemplateIsConstant>(isFixed);
    }

    [Theory]
    [InlineData("logger.LogInformation(\"Order \" + id);")]
    [InlineData("logger.LogInformation($\"Order {id} of {{Customer}}\", order.Customer);")]
    [InlineData("logger.LogInformation($\"Order {id} in {{braces}}\");")]
    [InlineData("logger.LogInformation($$\"\"\"Order {{id}}\"\"\");")]
    [InlineData("logger.LogInformation(message: $\"Order {id}\");")]
    [InlineData("dynamic one = id; logger.LogInformation($\"Order {one}\");")]
    [InlineData("dynamic one = order; logger.LogInformation($\"Order {id} of {one.Customer}\");")]
    [InlineData("LoggerMessage.Define(LogLevel.Error, default, $\"Order {id}\");")]
    public async Task NothingIsOfferedWhereTheMeaningCouldChange(string statement) => Assert.Null(await FixTest.FixAsync<SCORE2010LogTemplateIsConstant>(Service(statement)));

    [Fact]
    public async Task AllAreFixedAtOnce()
    {
        var isFixed = await FixTest.FixAllAsync<SCORE2010LogTemplateIsConstant>(Service("logger.LogInformation($\"Order {id}\"); logger.LogError($\"No order {id}\");"));

        Assert.Equal(Program("logger.LogInformation(\"Order {Id}\", id); logger.LogError(\"No order {Id}\", id);"), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE2010LogTemplateIsConstant>(isFixed);
    }

    static TestProject Service(string statement) => TestProject.Service(Program(statement));

    static string Program(string statement) => $$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Orders
        {
            readonly int _count = 1;

            void Log(ILogger<Orders> logger, Order order, int id, string[] ids, object[] objects, string[]? none, int[] numbers)
            {
                {{statement}}
            }
        }

        record Customer(string Name);

        record Order(int Id, decimal Total, Customer Customer)
        {
            public int GetAge() => 1;
        }
        """;
}
