using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Testing;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Testing;

public sealed class SCORE3004EntryPointsAreTestedTests
{
    const string Controller = """
        using Microsoft.AspNetCore.Mvc;
        WebApplication.CreateBuilder(args).Build().Run();
        [Route("api/v{version}/[controller]")] public class OrdersController : ControllerBase { [HttpGet("{id}")] public int Get(int id) => id; }
        """;

    static readonly MetadataReference MediatR = TestProject.Library("MediatR", """
        namespace MediatR;
        public interface IRequestHandler<in TRequest, TResponse> { Task<TResponse> Handle(TRequest request, CancellationToken cancellation); }
        """).WithKind("none").ToMetadata();

    static readonly MetadataReference Grpc = TestProject.Library("Grpc.Core.Api", """
        namespace Grpc.Core;
        public sealed class BindServiceMethodAttribute(Type type, string name) : Attribute { public Type Type => type; public string Name => name; }
        """).WithKind("none").ToMetadata();

    static readonly MetadataReference GrpcServer = TestProject.Library("Grpc.AspNetCore.Server", """
        namespace Microsoft.AspNetCore.Builder { public static class GrpcEndpointRouteBuilderExtensions { public static void MapGrpcService<TService>(this Microsoft.AspNetCore.Routing.IEndpointRouteBuilder builder) where TService : class { } } }
        namespace System.ServiceModel { public sealed class ServiceContractAttribute : Attribute; }
        """).WithKind("none").ToMetadata();

    [Theory]
    [InlineData("class T { OrdersController? sut; }")]
    [InlineData("class T { string path = \"/api/v1/orders/7\"; }")]
    [InlineData("class T { string path = \"Orders\"; }")]
    [InlineData("class T { string Path(int id) => $\"/api/v1/orders/{id}?x=1\"; }")]
    public Task MentionedControllerPasses(string test) => RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(Service(Controller, test));

    [Theory]
    [InlineData("// OrdersController\nclass T { }")]
    [InlineData("class T { string path = \"/api/v1/ordersheets\"; }")]
    [InlineData("class T { string Path(int id) => $\"{id}\"; }")]
    [InlineData("#if NEVER\nclass T { OrdersController? sut; }\n#endif")]
    public Task OtherTextIsNoMention(string test) => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(
        Service(Controller.Replace("class OrdersController", "class [|OrdersController|]", StringComparison.Ordinal), test), "Controller 'OrdersController' is mentioned by no test (blocks level 3 of 'Testing')");

    [Fact]
    public Task EndpointGroupIsAMethodThatMaps() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapOrders(); app.MapPrices(); app.MapUsers();
        app.Run();
        static class Endpoints
        {
            public static void [|MapOrders|](this IEndpointRouteBuilder routes) { var orders = routes.MapGroup("/orders"); orders.MapGet("/{id}", (int id) => id); }
            public static void MapPrices(this IEndpointRouteBuilder routes) => routes.MapGet("/prices", () => 1);
            public static void MapUsers(this IEndpointRouteBuilder routes) => routes.MapGet(System.Environment.NewLine, () => 1);
        }
        """, "class T { string path = \"/prices\"; }"), "Endpoint group 'Endpoints.MapOrders' is mentioned by no test (blocks level 3 of 'Testing')");

    [Theory]
    [InlineData("$\"/{kind}/7/lines\"", true)]
    [InlineData("$\"/shop/orders/7/{part}\"", true)]
    [InlineData("$\"/{kind}/7/{part}\"", false)]
    [InlineData("\"/orders/lines\"", false)]
    public async Task PathIsOfTheRouteThatItNamesAPartOf(string path, bool passes)
    {
        string Code(string name) => $$"""
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapLines();
            app.Run();
            static class Endpoints { public static void {{name}}(this IEndpointRouteBuilder routes) => routes.MapGet("/orders/{id}/lines", (int id) => id); }
            """;
        var test = $"class T {{ string Path(string kind, string part) => {path}; }}";
        await (passes ? RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(Service(Code("MapLines"), test)) : RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service(Code("[|MapLines|]"), test)));
    }

    [Theory]
    [InlineData("app.MapGroup(\"/orders\").MapOrdersApi();", "/orders/7", "/prices/7")]
    [InlineData("var orders = app.MapGroup(\"/api\").MapGroup(\"/orders\").WithTags(\"x\"); Api.MapOrdersApi(orders);", "/api/orders/7", "/api/prices/7")]
    public async Task MethodOnAGroupIsAskedForUnderTheGroupsRoute(string call, string asked, string other)
    {
        await RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(Service(OrdersApi(call, "MapOrdersApi"), $"class T {{ string a = \"{asked}\"; string b = \"/shop\"; }}"));
        await RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service(OrdersApi(call.Replace("MapGroup(\"/orders\")", "MapGroup(Shop).MapGroup(\"/orders\")", StringComparison.Ordinal), "[|MapOrdersApi|]"),
            $"class T {{ string a = \"{other}\"; string b = \"/shop\"; }}"), "Endpoint group 'Api.MapOrdersApi' is mentioned by no test (blocks level 3 of 'Testing')");
    }

    [Theory]
    [InlineData("foreach (var group in new[] { app.MapGroup(\"/shop\") }) group.MapOrdersApi();")]
    [InlineData("app.MapGroup(args[0]).MapOrdersApi();")]
    public Task MethodOnAGroupThatIsNotSeenIsLeft(string call) => RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(Service(OrdersApi(call, "MapOrdersApi"), "class T { string path = \"/shop\"; }"));

    static string OrdersApi(string call, string name) => $$"""
        const string Shop = "/shop";
        var app = WebApplication.CreateBuilder(args).Build();
        {{call}}
        app.MapGet(Shop, () => 1);
        app.Run();
        static class Api
        {
            public static RouteGroupBuilder {{name}}(this RouteGroupBuilder group) { group.MapGet("/", () => 1); group.MapGet("/{id}", (int id) => id); return group; }
        }
        """;

    [Fact]
    public Task EndpointsOfTheTopLevelAreOneGroup() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.[|MapGet|]("/orders", () => 1);
        app.MapPost("/orders", () => 1);
        app.Run();
        """, "class T { Program? sut; }"), "Endpoint group '/orders' is mentioned by no test (blocks level 3 of 'Testing')");

    [Fact]
    public Task RootIsARoute() => RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(Service(
        "var app = WebApplication.CreateBuilder(args).Build(); app.MapGet(\"/\", () => 1); app.Run();", "class T { string path = \"/\"; }"));

    [Fact]
    public Task MapGetOfAnotherTypeIsNoEndpoint() => RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(Service(
        "new Atlas().MapGet(\"/orders\"); class Atlas { public void MapGet(string path) { } }", "class T { }"));

    [Fact]
    public Task HostedServiceIsMentionedByName() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        Host.CreateApplicationBuilder(args).Build().Run();
        class [|Cleaner|] : BackgroundService { protected override Task ExecuteAsync(CancellationToken stop) => Task.CompletedTask; }
        class Sender : BackgroundService { protected override Task ExecuteAsync(CancellationToken stop) => Task.CompletedTask; }
        abstract class Worker : BackgroundService;
        """, "class T { Sender? sut; }"));

    [Fact]
    public Task HandlerIsMentionedByItsMessage() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        Host.CreateApplicationBuilder(args).Build().Run();
        record Pay(int Id); record Ship(int Id);
        class PayHandler : MediatR.IRequestHandler<Pay, int> { public Task<int> Handle(Pay request, CancellationToken cancellation) => Task.FromResult(1); }
        class [|ShipHandler|] : MediatR.IRequestHandler<Ship, int> { public Task<int> Handle(Ship request, CancellationToken cancellation) => Task.FromResult(1); }
        class Other : IRequestHandler<Ship, int>;
        interface IRequestHandler<TRequest, TResponse>;
        """, "class T { object message = new Pay(1); }").WithReference(MediatR));

    [Fact]
    public Task HandlerOfACompanysOwnBusFails() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        Host.CreateApplicationBuilder(args).Build().Run();
        record Paid(int Id);
        interface IIntegrationEventHandler<in TEvent> { Task Handle(TEvent @event); }
        interface IFormatHandler<T> { string Name { get; } }
        class [|PaidHandler|] : IIntegrationEventHandler<Paid> { public Task Handle(Paid @event) => Task.CompletedTask; }
        class Format : IFormatHandler<Paid> { public string Name => ""; }
        """, "class T;"));

    [Fact]
    public Task GrpcServiceIsMentionedByItsClient() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        Host.CreateApplicationBuilder(args).Build().Run();
        static class Orders { [Grpc.Core.BindServiceMethod(typeof(Orders), "BindService")] public abstract class OrdersBase; }
        static class Prices { [Grpc.Core.BindServiceMethod(typeof(Prices), "BindService")] public abstract class PricesBase; }
        class OrderService : Orders.OrdersBase;
        class [|PriceService|] : Prices.PricesBase;
        """, "class T { Orders.OrdersClient? client; }").WithReference(Grpc));

    [Fact]
    public Task MappedTypeIsAGrpcServiceWhateverItDerivesFrom() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGrpcService<Health>(); app.MapGrpcService<Health>(); app.MapGrpcService<OrderService>(); app.MapGrpcService<PriceService>(); app.MapGrpcService<UserService>();
        app.Run();
        static class HealthCheck { public abstract class HealthBase; }
        static class Users { public abstract class UsersBase; }
        [System.ServiceModel.ServiceContract] interface IOrders;
        [System.ServiceModel.ServiceContract] interface IPrices;
        interface INamed;
        class [|Health|] : HealthCheck.HealthBase, INamed;
        class OrderService : IOrders;
        class [|PriceService|] : IPrices;
        class UserService : Users.UsersBase;
        class Unmapped : IPrices;
        """, "class T { IOrders? orders; Users.UsersClient? users; INamed? named; }").WithReference(GrpcServer));

    [Fact]
    public Task AttributesThatLookAlikeAreNone() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        Host.CreateApplicationBuilder(args).Build().Run();
        class BindServiceMethodAttribute : Attribute;
        class RouteAttribute(string template) : Attribute { public string Template => template; }
        [BindServiceMethod] abstract class OrdersBase;
        class OrderService : OrdersBase;
        [Route("prices")] class [|OrdersController|] : Microsoft.AspNetCore.Mvc.ControllerBase;
        """, "class T { string path = \"/prices\"; }"), "Controller 'OrdersController' is mentioned by no test (blocks level 3 of 'Testing')");

    [Fact]
    public Task MappedTypeIsJudgedOnce() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(Service("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGrpcService<PriceService>();
        app.Run();
        static class Prices { [Grpc.Core.BindServiceMethod(typeof(Prices), "BindService")] public abstract class PricesBase; }
        partial class [|PriceService|] : Prices.PricesBase;
        partial class PriceService;
        """, "class T;").WithReference(Grpc).WithReference(GrpcServer), "gRPC service 'PriceService' is mentioned by no test (blocks level 3 of 'Testing')");

    [Fact]
    public Task MapGrpcServiceOfAnotherTypeIsNoEntryPoint() => RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(Service(
        "new Atlas().MapGrpcService<Health>(); class Atlas { public void MapGrpcService<T>() { } } class Health;", "class T;").WithReference(GrpcServer));

    [Theory]
    [InlineData("class [|AddOrder|] : FastEndpoints.Endpoint<string, int> { public override void Configure() { Post(\"/orders\"); Tags(\"x\"); } }", "Endpoint 'AddOrder'")]
    [InlineData("[FastEndpoints.HttpGet(\"/orders\")] class [|GetOrders|] : FastEndpoints.Endpoint<string, int>;", "Endpoint 'GetOrders'")]
    [InlineData("class [|GetOrders|] : FastEndpoints.Endpoint<string, int> { public override void Configure() => Routes(\"/orders\", \"/v1/orders\"); }", "Endpoint 'GetOrders'")]
    [InlineData("static class [|Orders|] { [Wolverine.Http.WolverineGet(\"/orders\")] public static int Get() => 1; [Wolverine.Http.WolverinePost(\"/orders\")] public static int Add() => 1; }", "Endpoint class 'Orders'")]
    public async Task EndpointClassIsMentionedByNameOrRoute(string type, string entry)
    {
        var service = $"WebApplication.CreateBuilder(args).Build().Run(); {type}";
        await RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(
            Service(service, "class T { string path = \"/prices\"; }").WithReference(Stub.FastEndpoints).WithReference(Stub.WolverineHttp), $"{entry} is mentioned by no test (blocks level 3 of 'Testing')");
        var plain = service.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        foreach (var test in new[] { "class T { string path = \"/orders\"; }", "class T { object[] sut = [new AddOrder(), new GetOrders(), new Orders()]; }" })
            await RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(Service(plain, test).WithReference(Stub.FastEndpoints).WithReference(Stub.WolverineHttp));
    }

    [Theory]
    [InlineData("class AddOrder : FastEndpoints.Endpoint<string, int> { const string Route = \"/orders\"; public override void Configure() => Post(Route); }")]
    [InlineData("abstract class OwnBase : FastEndpoints.Endpoint<string, int>;")]
    [InlineData("namespace Mine { abstract class BaseEndpoint; class AddOrder : BaseEndpoint; }")]
    [InlineData("class WolverineGetAttribute : Attribute; static class Orders { [WolverineGet] public static int Get() => 1; }")]
    public Task OtherClassIsNoEndpoint(string type) => RuleTest.PassesAsync<SCORE3004EntryPointsAreTested>(
        Service($"WebApplication.CreateBuilder(args).Build().Run(); {type}", "class T;").WithReference(Stub.FastEndpoints).WithReference(Stub.WolverineHttp));

    [Fact]
    public Task ServiceThatNoTestReachesFails() => RuleTest.FailsAsync<SCORE3004EntryPointsAreTested>(
        TestProject.Service(Controller.Replace("class OrdersController", "class [|OrdersController|]", StringComparison.Ordinal)).WithFacts("repository-root = /repo"));

    [Fact]
    public Task ServiceWithoutTestsAndEntryPointsDoesNotApply() => RuleTest.StandsAsideAsync<SCORE3004EntryPointsAreTested>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithFacts("repository-root = /repo"), "notApplicable", "no test reaches the service");

    [Fact]
    public Task OrdinaryBuildIsUndecided() => RuleTest.StandsAsideAsync<SCORE3004EntryPointsAreTested>(
        TestProject.Service(Controller).WithFacts("test-project = tests/A/A.csproj"), "undecided", "the tests' sources are given when reporting");

    [Fact]
    public Task TestsOfAnotherLanguageAreUndecided() => RuleTest.StandsAsideAsync<SCORE3004EntryPointsAreTested>(
        TestProject.Service(Controller).WithFacts("test-project = tests/A/A.csproj\ntest-project = tests/B/B.fsproj").WithTest("class T;", "tests/A/A.csproj"), "undecided", "'tests/B/B.fsproj' is not written in C#");

    static TestProject Service(string code, string test) =>
        TestProject.Service(code).WithFacts("test-project = tests/Checkout.Tests/Checkout.Tests.csproj").WithTest(test);
}
