using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4008NoAsyncVoidFixTests
{
    [Theory]
    [InlineData("public async void Send() => await Task.Yield();", "public async Task Send() => await Task.Yield();")]
    [InlineData("async void Send() => await Task.Yield(); async Task All() { Send(); this.Send(); }", "async Task Send() => await Task.Yield(); async Task All() { await Send(); await this.Send(); }")]
    [InlineData("async Task All() { Send(); async void Send() => await Task.Yield(); }", "async Task All() { await Send(); async Task Send() => await Task.Yield(); }")]
    [InlineData("interface IJob { void Run(); } class Base { public async void Send() => await Task.Yield(); } class Job : Base, IJob { public void Run() { } }", "interface IJob { void Run(); } class Base { public async Task Send() => await Task.Yield(); } class Job : Base, IJob { public void Run() { } }")]
    [InlineData("class Task; async void Send() => await System.Threading.Tasks.Task.Yield();", "class Task; async System.Threading.Tasks.Task Send() => await System.Threading.Tasks.Task.Yield();")]
    public async Task MethodReturnsATaskAndItsCallersAwaitIt(string before, string after)
    {
        var isFixed = (await FixTest.FixAsync<SCORE4008NoAsyncVoid>(Service(before)))!;

        Assert.Equal(Program(after), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE4008NoAsyncVoid>(isFixed);
    }

    [Theory]
    [InlineData("async void Send() => await Task.Yield(); void All() { Send(); }")]
    [InlineData("async void Send() => await Task.Yield(); Action All() => Send;")]
    [InlineData("async void Send() => await Task.Yield(); async Task All() { lock (this) { Send(); } await Task.Yield(); }")]
    [InlineData("readonly Timer timer = new(async _ => await Task.Yield());")]
    [InlineData("interface IJob { void Run(); } class Job : IJob { public async void Run() => await Task.Yield(); }")]
    [InlineData("interface IJob { void Run(); } abstract class Base { public async void Run() => await Task.Yield(); } class Job : Base, IJob;")]
    [InlineData("interface IJob { void Run(); } abstract class Base<T> { public async void Run() => await Task.Yield(); } class Middle : Base<int>; class Job : Middle, IJob;")]
    [InlineData("protected virtual async void Send() => await Task.Yield();")]
    public async Task NothingIsOfferedWhereSomebodyCannotAwait(string member) => Assert.Null(await FixTest.FixAsync<SCORE4008NoAsyncVoid>(Service(member)));

    [Fact]
    public async Task CallerInAnotherFileAwaits()
    {
        var isFixed = (await FixTest.FixAsync<SCORE4008NoAsyncVoid>(
            Service("public async void Send() => await Task.Yield();").WithSource("Caller.cs", "class Caller { async Task All(Orders orders) { orders.Send(); } }")))!;

        Assert.Equal("class Caller { async Task All(Orders orders) { await orders.Send(); } }", isFixed.Sources[2].Code);
    }

    [Fact]
    public async Task AllAreFixedAtOnce()
    {
        var isFixed = await FixTest.FixAllAsync<SCORE4008NoAsyncVoid>(Service("async void A() { B(); await Task.Yield(); } async void B() => await Task.Yield();"));

        Assert.Equal(Program("async Task A() { await B(); await Task.Yield(); } async Task B() => await Task.Yield();"), isFixed.Sources[0].Code);
        await RuleTest.PassesAsync<SCORE4008NoAsyncVoid>(isFixed);
    }

    static TestProject Service(string member) => TestProject.Service(Program(member));

    static string Program(string member) => $$"""
        WebApplication.CreateBuilder(args).Build().Run();

        class Orders
        {
            {{member}}
        }
        """;
}
