using ScorecardBuildTasks.Rules.Testing;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Testing;

public sealed class SCORE3005IntegrationTestIsPresentTests
{
    const string Cost = "(blocks level 3 of 'Testing')";
    const string Mvc = "using Microsoft.AspNetCore.Mvc.Testing;";
    const string OneProject = "test-project = tests/Checkout.Tests/Checkout.Tests.csproj\n";

    const string WithoutAssembly = "test-project-without-assembly = tests/Checkout.Tests/Checkout.Tests.csproj\n";

    [Fact]
    public Task NoTestProjectFails() => RuleTest.FailsAsync<SCORE3005IntegrationTestIsPresent>(
        Marked().WithFacts("format = 1\n"), $"'Checkout' has no integration test: no test project references it {Cost}");

    [Theory]
    [InlineData("class A { void Test() => new Orders().Place(); }")]
    [InlineData("using Testcontainers.PostgreSql; class A { PostgreSqlContainer database = new PostgreSqlBuilder().Build(); }")]
    [InlineData("class WebApplicationFactory<T>; class A { WebApplicationFactory<Program> factory; }")]
    [InlineData($"{Mvc} class A {{ WebApplicationFactory<Payments.Startup> factory; }}")]
    [InlineData($"{Mvc} class A {{ WebApplicationFactory<PaymentsMarker> factory; }}")]
    [InlineData("// new WebApplicationFactory<Program>()\nclass A;")]
    public Task TestsThatStartNothingFail(string test) => RuleTest.FailsAsync<SCORE3005IntegrationTestIsPresent>(
        Marked().WithFacts(OneProject).WithTest(test), $"'Checkout' has no integration test: none of 'tests/Checkout.Tests/Checkout.Tests.csproj' starts it {Cost}");

    [Theory]
    [InlineData($"{Mvc} class A {{ WebApplicationFactory<Program> factory = new(); }}")]
    [InlineData($"{Mvc} class A {{ WebApplicationFactory<CheckoutMarker> factory = new(); }}")]
    [InlineData($"{Mvc} class A {{ WebApplicationFactory<Checkout.Api.Marker> factory = new(); }}")]
    [InlineData($"{Mvc} class Factory : WebApplicationFactory<Program>;")]
    [InlineData($"{Mvc} class Factory<T> : WebApplicationFactory<T> where T : class;")]
    [InlineData("namespace Tests { using Microsoft.AspNetCore.Mvc.Testing; class Factory : WebApplicationFactory<Program>; }")]
    [InlineData("class Factory : Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Program>;")]
    [InlineData("using Microsoft.AspNetCore.TestHost; class A { TestServer server = new TestServer(null); }")]
    [InlineData("using Microsoft.AspNetCore.TestHost; class A { void Test() => builder.WebHost.UseTestServer(); }")]
    [InlineData("using Aspire.Hosting.Testing; class A { async Task Test() => await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(); }")]
    [InlineData("using Alba; class A { async Task Test() => await AlbaHost.For<Program>(); }")]
    public Task TestThatStartsTheServicePasses(string test) => RuleTest.PassesAsync<SCORE3005IntegrationTestIsPresent>(Service().WithFacts(OneProject).WithTest(test));

    [Theory]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; class A { public A() => builder.UseTestServer(); [Fact(Skip = \"see 746\")] void B() { } [Theory(Skip = \"see 746\")] void C() { } }")]
    [InlineData("using NUnit.Framework; using Microsoft.AspNetCore.TestHost; [Ignore(\"see 746\")] class A { TestServer server = new TestServer(null); [Test] void B() { } }")]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; class A { [Fact(Skip = \"see 746\")] void B() { } class Server { TestServer server = new TestServer(null); } }")]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; class A { [Fact(Skip = \"see 746\")] void B() => new TestServer(null); [Fact] void C() { } }")]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; class A { TestServer server = new TestServer(null); [Theory, InlineData(1, Skip = \"see 746\")] void B(int i) { } }")]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; partial class A { TestServer server = new TestServer(null); } partial class A { [Fact(Skip = \"see 746\")] void B() { } }")]
    public Task SkippedTestsStartNothing(string test) => RuleTest.FailsAsync<SCORE3005IntegrationTestIsPresent>(
        Marked().WithFacts(OneProject).WithTest(test), $"'Checkout' has no integration test: none of 'tests/Checkout.Tests/Checkout.Tests.csproj' starts it {Cost}");

    [Theory]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; class A { TestServer server = new TestServer(null); [Fact(Skip = \"see 746\")] void B() { } [Fact] void C() { } }")]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; class A { TestServer server = new TestServer(null); [Theory, InlineData(1, Skip = \"see 746\"), InlineData(2)] void B(int i) { } }")]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; partial class A { TestServer server = new TestServer(null); } partial class A { [Fact] void B() { } }")]
    [InlineData("using TUnit.Core; using Microsoft.AspNetCore.TestHost; class LinuxOnly : SkipAttribute; class A { TestServer server = new TestServer(null); [Test, LinuxOnly] void B() { } }")]
    [InlineData("using Xunit; using Microsoft.AspNetCore.TestHost; class Fixture { TestServer server = new TestServer(null); } class A { [Fact(Skip = \"see 746\")] void B() { } }")]
    public Task TestThatRunsOrFixtureStartsTheService(string test) => RuleTest.PassesAsync<SCORE3005IntegrationTestIsPresent>(Service().WithFacts(OneProject).WithTest(test));

    [Theory]
    [InlineData($"{Mvc} class Factory : WebApplicationFactory<Program>;")]
    [InlineData("using Microsoft.AspNetCore.TestHost; class A { TestServer server = new TestServer(null); }")]
    public Task ProjectWithoutTheServicesAssemblyHostsAnother(string test) => RuleTest.FailsAsync<SCORE3005IntegrationTestIsPresent>(
        Marked().WithFacts(OneProject + WithoutAssembly).WithTest(test), $"'Checkout' has no integration test: none of 'tests/Checkout.Tests/Checkout.Tests.csproj' starts it {Cost}");

    [Fact]
    public Task ProjectWithoutTheServicesAssemblyStartsItWithAspire() => RuleTest.PassesAsync<SCORE3005IntegrationTestIsPresent>(Service().WithFacts(OneProject + WithoutAssembly)
        .WithTest("using Aspire.Hosting.Testing; class A { async Task Test() => await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(); }"));

    [Fact]
    public Task GlobalUsingOfTheSameProjectCounts() => RuleTest.PassesAsync<SCORE3005IntegrationTestIsPresent>(
        Service().WithFacts(OneProject).WithTest("class Factory : WebApplicationFactory<Program>;").WithTest($"global {Mvc}", file: "Usings.cs"));

    [Fact]
    public Task NameWithoutItsNamespaceIsUndecided() => RuleTest.StandsAsideAsync<SCORE3005IntegrationTestIsPresent>(
        Service().WithFacts(OneProject).WithTest("class Factory : WebApplicationFactory<Program>;").WithTest($"global {Mvc}", "tests/Other/Other.csproj", "Usings.cs"),
        "undecided", "'WebApplicationFactory' in 'CheckoutTests.cs' may be that of Microsoft.AspNetCore.Mvc.Testing");

    [Fact]
    public Task BuildThatReportsNothingIsUndecided() =>
        RuleTest.StandsAsideAsync<SCORE3005IntegrationTestIsPresent>(Service().WithFacts(OneProject), "undecided", "only when it reports");

    [Fact]
    public Task UndecidedSearchIsUndecided() => RuleTest.StandsAsideAsync<SCORE3005IntegrationTestIsPresent>(
        Service().WithFacts("test-projects-undecided = tests/A imports what cannot be evaluated\n"), "undecided", "tests/A imports");

    [Fact]
    public Task MissingFactsAreUndecided() => RuleTest.StandsAsideAsync<SCORE3005IntegrationTestIsPresent>(Service(), "undecided", "not written yet");

    [Fact]
    public Task WorkerDoesNotApply() => RuleTest.StandsAsideAsync<SCORE3005IntegrationTestIsPresent>(
        TestProject.Service("Host.CreateApplicationBuilder(args).Build().Run();").WithFacts("format = 1\n"), "notApplicable", "the service maps no endpoints");

    static TestProject Marked() => Code("[|var app = WebApplication.CreateBuilder(args).Build();|]");

    static TestProject Service() => Code("var app = WebApplication.CreateBuilder(args).Build();");

    static TestProject Code(string start) => TestProject.Service($$"""
        {{start}}
        app.MapGet("/orders", () => "");
        app.Run();

        public class CheckoutMarker;

        namespace Checkout.Api
        {
            public class Marker;
        }
        """);
}
