using ScorecardBuildTasks.Rules.Readiness;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Readiness;

public sealed class SCORE4005EndpointsDeclareAuthorizationTests
{
    const string Cost = "neither authorized nor declared anonymous, and no fallback policy is set (blocks level 2 of 'Production Readiness')";

    const string RegisterOrders = "static class Own { public static void RegisterOrders(this WebApplication app) { app.MapGroup(\"/orders\").RequireAuthorization().MapGet(\"x\", () => 1); } }";

    [Theory]
    [InlineData("app.[|MapGet(\"/orders\"|], () => \"\");", "'GET /orders' is")]
    [InlineData("app.[|MapPost(Routes.Orders|], () => \"\");", "'POST /orders' is", "static class Routes { public const string Orders = \"/orders\"; }")]
    [InlineData("app.[|MapGet(\"/orders\"|], () => \"\").WithName(\"Orders\").WithTags(\"x\");", "'GET /orders' is")]
    [InlineData("var group = app.MapGroup(\"/o\"); group.[|MapGet(\"/a\"|], () => \"\"); group.MapGet(\"/b\", () => \"\"); group.MapPut(\"/c\", () => \"\");", "'GET /a' and 2 more mapped on 'group' are")]
    [InlineData("app.MapGroup(\"/open\").RequireAuthorization(); app.[|MapGet(\"/orders\"|], () => \"\");", "'GET /orders' is")]
    [InlineData("app.MapGroup(\"/o\").[|MapGet(\"/a\"|], () => \"\"); app.MapGroup(\"/p\").MapGet(\"/b\", () => \"\").RequireAuthorization();", "'GET /a' is")]
    [InlineData("app.UseEndpoints(endpoints => endpoints.[|MapGet(\"/orders\"|], () => \"\"));", "'GET /orders' is")]
    [InlineData("app.MapHealthChecks(\"/health\").AllowAnonymous(); app.[|MapMethods(\"/orders\"|], [\"GET\"], () => \"\");", "'/orders' is")]
    [InlineData("app.[|MapGet(\"/orders\"|], [Mine] () => \"\");", "'GET /orders' is", "class MineAttribute : Attribute;")]
    [InlineData("app.[|MapGet(\"/orders\"|], () => \"\").RequireAuthorization(1);", "'GET /orders' is",
        "static class LookAlikes { public static RouteHandlerBuilder RequireAuthorization(this RouteHandlerBuilder builder, int level) => builder; }")]
    [InlineData("app.[|MapHub<Prices>(\"/prices\"|]);", "'Prices' is", "public class Prices : Microsoft.AspNetCore.SignalR.Hub { public Task Buy() => Task.CompletedTask; }")]
    [InlineData("app.[|MapHub<Prices>(\"/prices\"|]);", "'Prices' ('Sell', 1 of 2 methods) is",
        "public class Prices : Microsoft.AspNetCore.SignalR.Hub { [Microsoft.AspNetCore.Authorization.Authorize] public Task Buy() => Task.CompletedTask; public Task Sell() => Task.CompletedTask; }")]
    [InlineData("app.RegisterOrders(); app.[|MapDelete(\"/public\"|], () => 1);", "'DELETE /public' is", RegisterOrders)]
    [InlineData("Own.RegisterOrders(app); app.[|MapDelete(\"/public\"|], () => 1);", "'DELETE /public' is", RegisterOrders)]
    [InlineData("MapAdmin(app); app.[|MapDelete(\"/public\"|], () => 1); static void MapAdmin(WebApplication app) => app.MapGet(\"a\", () => 1).RequireAuthorization();", "'DELETE /public' is")]
    [InlineData("app.NewGroup(\"v1\").RequireAuthorization().MapGet(\"a\", () => 1); app.[|MapDelete(\"/public\"|], () => 1);", "'DELETE /public' is",
        "static class Own { public static RouteGroupBuilder NewGroup(this IEndpointRouteBuilder app, string name) => app.MapGroup(name); }")]
    [InlineData("app.NewGroup(\"v1\").MapGet(\"a\", () => 1); app.[|MapDelete(\"/public\"|], () => 1);", "'DELETE /public' is",
        "static class Own { public static RouteGroupBuilder NewGroup(this IEndpointRouteBuilder app, string name) { var group = app.MapGroup(name); group.RequireAuthorization(); return group; } }")]
    [InlineData("app.[|MapPost(\"/orders/ready\"|], () => 1);", "'POST /orders/ready' is")]
    [InlineData("app.[|MapGet(\"/streams/live\"|], () => 1);", "'GET /streams/live' is")]
    [InlineData("app.[|MapGet(\"/health/records\"|], () => 1);", "'GET /health/records' is")]
    [InlineData("app.[|MapDelete(\"/health\"|], () => 1);", "'DELETE /health' is")]
    [InlineData("app.MapGroup(\"/streams\").[|MapGet(\"/live\"|], () => 1);", "'GET /live' is")]
    [InlineData("var streams = app.MapGroup(\"/streams\"); streams.[|MapGet(\"live\"|], () => 1);", "'GET live' is")]
    [InlineData("app.MapGroup(\"/a\").AddEndpointFilter((context, next) => next(context)).[|MapGet(\"/b\"|], () => 1);", "'GET /b' is")]
    [InlineData("app.Use((context, next) => next(context)); app.[|MapGet(\"/b\"|], () => 1);", "'GET /b' is")]
    public Task SilentEndpointFails(string map, string who, string types = "") => FailsAsync(map, who, types);

    [Theory]
    [InlineData("app.MapGet(\"/orders\", () => \"\").RequireAuthorization();")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").AllowAnonymous();")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").AllowAnonymous(); app.MapGet(\"/api/health/ready\", () => 1); app.MapGet(\"livez\", () => 1); app.MapGroup(\"/health\").MapGet(\"/live\", () => 1); app.MapMethods(\"/hc\", [\"HEAD\"], () => 1);")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").WithName(\"x\").RequireAuthorization(\"admin\").WithTags(\"y\");")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").WithMetadata(new Microsoft.AspNetCore.Authorization.AuthorizeAttribute());")]
    [InlineData("app.MapGet(\"/orders\", [Microsoft.AspNetCore.Authorization.Authorize] () => \"\");")]
    [InlineData("app.MapGet(\"/orders\", Handlers.Get);", "static class Handlers { [Microsoft.AspNetCore.Authorization.AllowAnonymous] public static string Get() => \"\"; }")]
    [InlineData("app.MapGet(\"/orders\", Get); [Mine] static string Get() => \"\";", "class MineAttribute : Microsoft.AspNetCore.Authorization.AuthorizeAttribute;")]
    [InlineData("var endpoint = app.MapGet(\"/orders\", () => \"\"); endpoint.RequireAuthorization();")]
    [InlineData("app.MapGroup(\"/o\").RequireAuthorization().MapGet(\"/orders\", () => \"\");")]
    [InlineData("var group = app.MapGroup(\"/o\").RequireAuthorization(); group.MapGet(\"/orders\", () => \"\");")]
    [InlineData("var group = app.MapGroup(\"/o\"); group.MapGet(\"/orders\", () => \"\"); group.WithTags(\"x\").AllowAnonymous();")]
    [InlineData("var outer = app.MapGroup(\"/o\").RequireAuthorization(); var inner = outer.MapGroup(\"/i\"); inner.MapGet(\"/orders\", () => \"\");")]
    [InlineData("app.MapOrders().RequireAuthorization();", "static class Orders { public static RouteGroupBuilder MapOrders(this IEndpointRouteBuilder app) { var api = app.MapGroup(\"/o\"); api.MapGet(\"/a\", () => \"\"); return api; } }")]
    [InlineData("app.MapGroup(\"/o\").RequireAuthorization().MapOrders();", "static class Orders { public static void MapOrders(this IEndpointRouteBuilder app) => app.MapGet(\"/a\", () => \"\"); }")]
    [InlineData("var group = app.MapGroup(\"/o\").RequireAuthorization(); Orders.Map(group);", "static class Orders { public static void Map(RouteGroupBuilder app) => Inner(app); static void Inner(RouteGroupBuilder app) => app.MapGet(\"/a\", () => \"\"); }")]
    [InlineData("app.MapOne().RequireAuthorization();", "static class Orders { public static IEndpointConventionBuilder MapOne(this IEndpointRouteBuilder app) => app.MapGet(\"/a\", () => \"\"); }")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").Secured();", "static class Mine { public static RouteHandlerBuilder Secured(this RouteHandlerBuilder builder) => builder.RequireAuthorization(\"x\"); }")]
    [InlineData("app.SecuredGroup().MapGet(\"/orders\", () => \"\");", "static class Mine { public static RouteGroupBuilder SecuredGroup(this WebApplication app) { var group = app.MapGroup(\"x\"); group.RequireAuthorization(); return group; } }")]
    [InlineData("new Orders().Map(app.MapGroup(\"o\").RequireAuthorization());", "interface IEndpoint { void Map(IEndpointRouteBuilder app); } class Orders : IEndpoint { public void Map(IEndpointRouteBuilder app) => app.MapGet(\"/a\", () => \"\"); }")]
    [InlineData("IEndpoint[] all = [new Orders()]; var group = app.MapGroup(\"o\").RequireAuthorization(); foreach (var each in all) each.Map(group);",
        "interface IEndpoint { void Map(IEndpointRouteBuilder app); } class Orders : IEndpoint { public void Map(IEndpointRouteBuilder app) => app.MapGet(\"/a\", () => \"\"); }")]
    [InlineData("app.UseEndpoints(endpoints => endpoints.MapGet(\"/orders\", () => \"\").AllowAnonymous());")]
    [InlineData("app.MapHub<Prices>(\"/prices\").RequireAuthorization();", "public class Prices : Microsoft.AspNetCore.SignalR.Hub;")]
    [InlineData("app.MapHub<Prices>(\"/prices\");", "[Microsoft.AspNetCore.Authorization.Authorize] public class Prices : Microsoft.AspNetCore.SignalR.Hub;")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").AllowAnonymous(); app.MapGet(\"/healthz\", () => \"\"); app.MapGet(\"/metrics\", () => \"\"); app.MapOpenApi();")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").AllowAnonymous(); if (app.Environment.IsDevelopment()) app.MapGet(\"/a\", () => \"\");")]
    [InlineData("var group = app.MapGroup(\"o\"); Secure(group); group.MapGet(\"a\", () => 1); static void Secure(RouteGroupBuilder group) { group.WithTags(\"x\"); group.RequireAuthorization(); }")]
    [InlineData("app.MapGroup(\"o\").Secured().MapGet(\"a\", () => 1);", "static class Own { public static T Secured<T>(this T builder) where T : IEndpointConventionBuilder { builder.RequireAuthorization(); return builder; } }")]
    [InlineData("var group = app.MapGroup(\"o\"); group.Tagged().RequireAuthorization(); group.MapGet(\"a\", () => 1);",
        "static class Own { public static RouteGroupBuilder Tagged(this RouteGroupBuilder builder) { var tagged = builder.WithTags(\"x\"); return tagged; } }")]
    [InlineData("Own.Tagged(app.MapGet(\"a\", () => 1)).RequireAuthorization();", "static class Own { public static RouteHandlerBuilder Tagged(RouteHandlerBuilder builder) => builder.WithTags(\"x\"); }")]
    public Task DeclaredEndpointPasses(string map, string types = "") => PassesAsync(map, types);

    [Theory]
    [InlineData("builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(Policy());")]
    [InlineData("builder.Services.AddAuthorization(options => options.FallbackPolicy = Policy());")]
    [InlineData("builder.Services.AddAuthorization(options => { options.FallbackPolicy = options.DefaultPolicy; });")]
    public Task FallbackPolicyPasses(string register) => PassesAsync("app.MapGet(\"/orders\", () => \"\"); static Microsoft.AspNetCore.Authorization.AuthorizationPolicy Policy() => null!;", "", register);

    [Theory]
    [InlineData("builder.Services.AddAuthorization(options => options.FallbackPolicy = null);")]
    [InlineData("new Mine().FallbackPolicy = 1;")]
    public Task NoFallbackPolicyFails(string register) => FailsAsync("app.[|MapGet(\"/orders\"|], () => \"\");", "'GET /orders' is", "class Mine { public int FallbackPolicy { get; set; } }", register);

    [Fact]
    public Task FallbackPolicyOfALibraryPasses() => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(
        Program("app.MapGet(\"/orders\", () => \"\");", "", "Acme.Defaults.AddSecurity(builder.Services);").WithReference(Security("library").ToReferenceAssembly()));

    [Fact]
    public Task FallbackPolicyOfAPackagePasses() => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(
        Program("app.MapGet(\"/orders\", () => \"\");", "", "Acme.Defaults.AddSecurity(builder.Services);").WithReference(Security("none").ToMetadata()));

    [Fact]
    public Task LibraryThatCannotBeLookedIntoIsUndecided() => RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(
        Program("app.MapGet(\"/orders\", () => \"\");", "", "Acme.Defaults.AddSecurity(builder.Services);").WithReference(Security("none").ToReferenceAssembly()),
        "undecided", "'Acme.Defaults.AddSecurity' may set a fallback policy");

    /// <summary>What a library does with the host builder, by whatever name, is no convention of an endpoint.</summary>
    [Theory]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.AddDefaultAuthentication(); var app = builder.Build();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.AddEverything(); var app = builder.Build();")]
    [InlineData("var app = WebApplication.CreateBuilder(args).With().Build();")]
    [InlineData("var app = WebApplication.CreateBuilder(args).BuildApplication();")]
    public Task WalkEndsWhereTheApplicationIsBuilt(string build) => RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(
        TestProject.Service($$"""
            using Acme;

            {{build}}
            app.[|MapGet("/orders"|], () => "");
            app.Run();

            static class Own
            {
                public static void AddEverything(this IHostApplicationBuilder builder) => builder.AddDefaultAuthentication();

                public static WebApplicationBuilder With(this WebApplicationBuilder builder)
                {
                    builder.AddDefaultAuthentication();
                    return builder;
                }

                public static WebApplication BuildApplication(this WebApplicationBuilder builder)
                {
                    builder.AddDefaultAuthentication();
                    return builder.Build();
                }
            }
            """).WithReference(TestProject.Library("Acme", """
            using Microsoft.Extensions.Hosting;

            namespace Acme;

            public static class Defaults
            {
                public static IHostApplicationBuilder AddDefaultAuthentication(this IHostApplicationBuilder builder) => builder;
            }
            """).ToReferenceAssembly()), $"'GET /orders' is {Cost}");

    [Fact]
    public Task ConventionOfALibraryIsUndecided() => RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(
        Program("Acme.Conventions.RequirePermission(app.MapGet(\"/orders\", () => \"\"), \"orders\");").WithReference(TestProject.Library("Acme", """
            namespace Acme;

            public static class Conventions
            {
                public static T RequirePermission<T>(this T builder, string name) where T : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder => builder;
            }
            """).ToReferenceAssembly()), "undecided", "'GET /orders'");

    [Theory]
    [InlineData("app.MapGroup(\"/orders\").AddEndpointFilter<%>().MapGet(\"/a\", () => 1);")]
    [InlineData("var orders = app.MapGroup(\"/orders\"); orders.AddEndpointFilter(new %()); orders.MapGet(\"/a\", () => 1); orders.MapGet(\"/b\", () => 1);")]
    [InlineData("app.MapGet(\"/a\", () => 1).AddEndpointFilter<RouteHandlerBuilder, %>();")]
    public async Task EndpointFilterDecidesByWhatItsNameSays(string map)
    {
        const string Filter = "class % : IEndpointFilter { public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => next(context); }";
        await RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Program(Named("ApiKeyEndpointFilter", map), Named("ApiKeyEndpointFilter", Filter)),
            "undecided", "the endpoint filter 'ApiKeyEndpointFilter' may decide who calls 'GET /a'");
        await FailsAsync(Named("TimingFilter", map).Replace("MapGet(\"/a\"", "[|MapGet(\"/a\"|]", StringComparison.Ordinal), map.Contains("/b", StringComparison.Ordinal) ? "'GET /a' and 1 more mapped on 'orders' are" : "'GET /a' is", Named("TimingFilter", Filter));
    }

    [Theory]
    [InlineData("app.MapGroup(\"/a\").AddEndpointFilter(async (context, next) => context.HttpContext.User.IsInRole(\"x\") ? await next(context) : Results.Forbid()).MapGet(\"/b\", () => 1);", "the endpoint filter 'AddEndpointFilter(…)' may decide who calls 'GET /b'")]
    [InlineData("app.Use(async (context, next) => { if (context.Request.Headers.ContainsKey(\"key\")) await next(context); else context.Response.StatusCode = 401; }); app.MapGet(\"/b\", () => 1);", "the middleware 'Use(…)' may decide who calls")]
    public Task LambdaThatTurnsCallersAwayIsUndecided(string map, string reason) => RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Program(map), "undecided", reason);

    [Theory]
    [InlineData("app.UseMiddleware<ApiKeyMiddleware>();")]
    [InlineData("app.UseMiddleware(typeof(ApiKeyMiddleware));")]
    public Task MiddlewareThatMayDecideIsUndecided(string use) => RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(
        Program($"{use} app.MapGet(\"/orders\", () => \"\");", "class ApiKeyMiddleware(RequestDelegate next) { public Task InvokeAsync(HttpContext context) => next(context); }"),
        "undecided", "the middleware 'ApiKeyMiddleware'");

    [Theory]
    [InlineData("ScopeMiddleware", "next(context)", false)]
    [InlineData("CachePolicyMiddleware", "next(context)", false)]
    [InlineData("TokenBucketMiddleware", "next(context)", false)]
    [InlineData("AuthorNameMiddleware", "next(context)", false)]
    [InlineData("ScopeMiddleware", "context.Request.Headers.ContainsKey(\"scope\") ? next(context) : context.Response.WriteAsync((context.Response.StatusCode = 403).ToString())", true)]
    [InlineData("TokenMiddleware", "context.User.Identity?.IsAuthenticated == true ? next(context) : Task.CompletedTask", true)]
    public Task MiddlewareWithALooseNameIsLookedInto(string name, string body, bool mayDecide)
    {
        var middleware = $"class {name}(RequestDelegate next) {{ public Task InvokeAsync(HttpContext context) => {body}; }}";
        return mayDecide
            ? RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Program($"app.UseMiddleware<{name}>(); app.MapGet(\"/orders\", () => \"\");", middleware), "undecided", $"the middleware '{name}'")
            : FailsAsync($"app.UseMiddleware<{name}>(); app.[|MapGet(\"/orders\"|], () => \"\");", "'GET /orders' is", middleware);
    }

    [Theory]
    [InlineData("app.UseMiddleware<TimingMiddleware>();")]
    [InlineData("app.UseMiddleware(typeof(TimingMiddleware));")]
    public Task AnotherMiddlewareFails(string use) => FailsAsync($"{use} app.[|MapGet(\"/orders\"|], () => \"\");", "'GET /orders' is",
        "class TimingMiddleware(RequestDelegate next) { public Task InvokeAsync(HttpContext context) => next(context); }");

    /// <summary>What every caller of a method that takes the handler maps is an endpoint of its own.</summary>
    [Fact]
    public Task MethodThatTakesTheHandlerIsJudgedWhereItIsCalled() => RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(TestProject.Service("""
        var app = WebApplication.CreateBuilder(args).Build();
        var open = app.MapGroup("/open");
        var closed = app.MapGroup("/closed").RequireAuthorization();
        open.[|MapGet(Get|], "a");
        open.MapGet(Get, "b").AllowAnonymous();
        closed.MapGet(Get, "c");
        app.Run();

        static string Get() => "";

        static class Wrappers
        {
            public static RouteHandlerBuilder MapGet(this IEndpointRouteBuilder builder, Delegate handler, string pattern) => builder.MapGet(pattern, handler);
        }
        """), $"'GET a' is {Cost}");

    [Fact]
    public Task GroupWithAndWithoutAuthorizationIsUndecided() => RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(
        Program("app.MapGroup(\"a\").RequireAuthorization().MapOrders(); app.MapGroup(\"b\").MapOrders();",
            "static class Orders { public static void MapOrders(this IEndpointRouteBuilder app) => app.MapGet(\"/a\", () => \"\"); }"), "undecided", "'GET /a'");

    [Fact]
    public Task EndpointsInFilesOfTheirOwnAreFollowedThroughTheProgram() => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(
        Program("app.MapGroup(\"/o\").RequireAuthorization().MapOrders();").WithSource("Orders.cs", """
            static class Orders
            {
                public static IEndpointRouteBuilder MapOrders(this IEndpointRouteBuilder app)
                {
                    app.MapGet("/a", () => "");
                    return app;
                }
            }
            """));

    [Theory]
    [InlineData("public class [|OrdersController|] : ControllerBase { public string Get() => \"\"; public string Put() => \"\"; }", "The 2 actions of 'OrdersController' are")]
    [InlineData("public class OrdersController : ControllerBase { [Authorize] public string Get() => \"\"; public string [|Put|]() => \"\"; }", "'OrdersController.Put' is")]
    [InlineData("public class OrdersController : ControllerBase { [Authorize] public string Get() => \"\"; public string [|Put|]() => \"\"; public string Post() => \"\"; }", "'OrdersController.Put' and 1 more of its 3 actions are")]
    [InlineData("public class [|OrdersController|] : ControllerBase { public string Get() => \"\"; [NonAction] public string Help() => \"\"; public override string ToString() => \"\"; }", "The action of 'OrdersController' is")]
    [InlineData("public class [|ErrorController|] : ControllerBase { [Route(\"/error\")] public string Get() => \"\"; [Route(\"/errands\")] public string Other() => \"\"; }", "The 2 actions of 'ErrorController' are")]
    [InlineData("public class [|HealthInsuranceController|] : ControllerBase { [HttpDelete(\"{id}\")] public string Delete() => \"\"; }", "The action of 'HealthInsuranceController' is")]
    public Task SilentControllerFails(string controller, string who) => RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(Controllers(controller), $"{who} {Cost}");

    [Theory]
    [InlineData("[Authorize] public class OrdersController : ControllerBase { public string Get() => \"\"; }")]
    [InlineData("[Mine] public class OrdersController : ControllerBase { public string Get() => \"\"; } class MineAttribute : AuthorizeAttribute;")]
    [InlineData("[Mine] public class OrdersController : ControllerBase { public string Get() => \"\"; } class MineAttribute : Attribute, IAuthorizeData { public string? Policy { get; set; } public string? Roles { get; set; } public string? AuthenticationSchemes { get; set; } }")]
    [InlineData("[AllowAnonymous] public abstract class Base : ControllerBase; public class OrdersController : Base { public string Get() => \"\"; }")]
    [InlineData("public class OrdersController : ControllerBase { [Authorize] public string Get() => \"\"; [AllowAnonymous] public string Put() => \"\"; }")]
    [InlineData("[TypeFilter(typeof(Filter))] public class OrdersController : ControllerBase { public string Get() => \"\"; } class Filter : Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter { public void OnAuthorization(Microsoft.AspNetCore.Mvc.Filters.AuthorizationFilterContext context) { } }")]
    [InlineData("[Authorize, Several(\"a\", \"b\")] public class OrdersController : ControllerBase { [Several] public string Get() => \"\"; } class SeveralAttribute(params string[] names) : Attribute { public string[] Names => names; }")]
    [InlineData("public class OrdersController : ControllerBase { [Several(\"a\", \"b\"), Authorize] public string Get() => \"\"; } class SeveralAttribute(params string[] names) : Attribute { public string[] Names => names; }")]
    [InlineData("public class HealthController : ControllerBase { public string Get() => \"\"; }")]
    [InlineData("public class ErrorController : ControllerBase { [Route(\"/error\")] public string Get() => \"\"; [Route(\"/error-local-development\")] public string Local() => \"\"; }")]
    [InlineData("[Route(\"error\")] public class FailuresController : ControllerBase { [HttpGet] public string Get() => \"\"; [HttpGet(\"{code}\")] public string Of(int code) => \"\"; }")]
    public Task DeclaredControllerPasses(string controller) => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(Controllers(controller));

    [Theory]
    [InlineData("builder.Services.AddControllers(); var app = builder.Build(); app.MapControllers().RequireAuthorization();")]
    [InlineData("builder.Services.AddControllers(); var app = builder.Build(); app.MapGroup(\"/api\").RequireAuthorization().MapControllers();")]
    [InlineData("builder.Services.AddControllers(options => options.Filters.Add(new Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter())); var app = builder.Build(); app.MapControllers();")]
    [InlineData("builder.Services.AddControllers(options => options.Filters.Add<Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter>()); var app = builder.Build(); app.MapControllers();")]
    public Task AllControllersAtOncePass(string program) => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(TestProject.Service($$"""
        var builder = WebApplication.CreateBuilder(args);
        {{program}}

        public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public string Get() => "";
        }
        """));

    [Fact]
    public Task ActionFilterThatMayAuthorizeIsUndecided() => RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(
        Controllers("[ApiKey] public class OrdersController : ControllerBase { public string Get() => \"\"; } class ApiKeyAttribute : Microsoft.AspNetCore.Mvc.Filters.ActionFilterAttribute;"),
        "undecided", "the filter 'ApiKeyAttribute' may decide who calls 'OrdersController'");

    [Theory]
    [InlineData("[ServiceFilter<%>]")]
    [InlineData("[ServiceFilter(typeof(%))]")]
    [InlineData("[TypeFilter<%>]")]
    [InlineData("[TypeFilter(typeof(%))]")]
    public async Task FilterThatAnAttributeAppliesIsAsked(string attribute)
    {
        var controller = $"{attribute} public class OrdersController : ControllerBase {{ public string Get() => \"\"; }}";
        await RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(Controllers(Named("Gate", controller + AuthorizationFilter)));
        await RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Controllers(Named("ApiKeyFilter", controller + ActionFilter)), "undecided", "the filter 'ApiKeyFilter' may decide who calls 'OrdersController'");
        await RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(Controllers(Named("TimingFilter", controller.Replace("OrdersController", "[|OrdersController|]", StringComparison.Ordinal) + ActionFilter)),
            $"The action of 'OrdersController' is {Cost}");
    }

    [Theory]
    [InlineData("options.Filters.Add<%>()")]
    [InlineData("options.Filters.Add(typeof(%))")]
    [InlineData("options.Filters.Add(new %())")]
    [InlineData("options.Filters.AddService<%>()")]
    [InlineData("options.Filters.Add(new ServiceFilterAttribute(typeof(%)))")]
    public async Task FilterOfAllControllersIsAsked(string add)
    {
        add = $"options => {add}";
        await RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(Controllers(Silent + Named("Gate", AuthorizationFilter), Named("Gate", add)));
        await RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Controllers(Silent + Named("ApiKeyFilter", ActionFilter), Named("ApiKeyFilter", add)),
            "undecided", "the filter 'ApiKeyFilter' may decide who calls 'OrdersController'");
        await RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(Controllers(Marked + Named("TimingFilter", ActionFilter), Named("TimingFilter", add)), $"The action of 'OrdersController' is {Cost}");
    }

    [Theory]
    [InlineData("options => options.Filters.Add(new RequireHttpsAttribute())")]
    [InlineData("options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute())")]
    [InlineData("options => new Mine().Filters.Add<Gate>()")]
    public Task FilterThatAsksForNobodyFails(string add) => RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(
        Controllers(Marked + Named("Gate", AuthorizationFilter) + "class Mine { public Mine Filters => this; public void Add<T>() { } }", add), $"The action of 'OrdersController' is {Cost}");

    [Theory]
    [InlineData("options.Interceptors.Add<%>()")]
    [InlineData("options.Interceptors.Add(typeof(%))")]
    public async Task InterceptorDecidesByWhatItsNameSays(string add)
    {
        var register = $"builder.Services.AddGrpc(options => {add});";
        await RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(
            Program("app.MapGrpcService<Baskets>();", "class Baskets { public void Get() { } } class AuthInterceptor;", Named("AuthInterceptor", register)).WithReference(Stub.Grpc),
            "undecided", "the interceptor 'AuthInterceptor' may decide who calls 'Baskets'");
        await RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(
            Program("app.[|MapGrpcService<Baskets>()|];", "class Baskets { public void Get() { } } class TimingInterceptor;", Named("TimingInterceptor", register)).WithReference(Stub.Grpc), $"'Baskets' is {Cost}");
        await FailsAsync("app.[|MapGet(\"/orders\"|], () => \"\");", "'GET /orders' is", "class AuthInterceptor; class Options { public List<Type> Interceptors { get; } = []; }", "new Options().Interceptors.Add(typeof(AuthInterceptor));");
    }

    [Theory]
    [InlineData("app.[|MapGrpcService<Baskets>()|];", "", "", "'Baskets' is")]
    [InlineData("app.[|MapGrpcService<Baskets>()|];", "", "[Microsoft.AspNetCore.Authorization.AllowAnonymous]", "'Baskets' ('Empty', 1 of 2 methods) is")]
    [InlineData("app.MapGrpcService<Baskets>();", "[Microsoft.AspNetCore.Authorization.Authorize]", "", "")]
    [InlineData("app.MapGrpcService<Baskets>().RequireAuthorization();", "", "", "")]
    public async Task GrpcServiceIsJudgedByItsMethods(string map, string onService, string onGet, string who)
    {
        var project = Program(map, $$"""
            [Grpc.Core.BindServiceMethod(typeof(BasketsBase), "Bind")]
            abstract class BasketsBase
            {
                public virtual string Get() => "";
                public virtual string Empty() => "";
                public virtual string Later() => "";
            }

            {{onService}}
            class Baskets : BasketsBase
            {
                {{onGet}}
                public override string Get() => "";
                public override string Empty() => "";
            }
            """).WithReference(Stub.Grpc);
        if (who.Length > 0)
            await RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(project, $"{who} {Cost}");
        else
            await RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(project);
    }

    [Fact]
    public Task PagesAloneDoNotApply() => RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Program("app.MapRazorPages();"), "notApplicable", "pages");

    [Theory]
    [InlineData("app.MapReverseProxy();")]
    [InlineData("app.MapRazorPages(); if (app.Environment.IsDevelopment()) app.MapForwarder(\"/images/{id}\", \"http://catalog\");")]
    public Task RoutesOfAProxysConfigurationDoNotApply(string map) =>
        RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Program(map).WithReference(Stub.Yarp), "notApplicable", "configured proxy routes");

    [Theory]
    [InlineData("app.[|MapForwarder(\"/images/{id}\"|], \"http://catalog\");")]
    [InlineData("app.MapRazorPages(); app.MapGroup(\"/images\").[|MapForwarder(\"/images/{id}\"|], \"http://catalog\");")]
    public Task SilentForwarderFails(string map) => RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(Program(map).WithReference(Stub.Yarp), $"'/images/{{id}}' is {Cost}");

    [Theory]
    [InlineData("app.MapForwarder(\"/images/{id}\", \"http://catalog\").AllowAnonymous();")]
    [InlineData("app.MapGroup(\"/images\").RequireAuthorization().MapForwarder(\"/{id}\", \"http://catalog\");")]
    public Task DeclaredForwarderPasses(string map) => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(Program(map).WithReference(Stub.Yarp));

    [Theory]
    [InlineData("app.MapControllers();", "", "'OrdersController' of 'Acme'")]
    [InlineData("app.MapControllers().RequireAuthorization();", "", null)]
    [InlineData("app.MapControllers();", "[Microsoft.AspNetCore.Authorization.Authorize] ", null)]
    [InlineData("Acme.Orders.MapOrders(app);", "[Microsoft.AspNetCore.Authorization.Authorize] ", "'Acme.Orders.MapOrders'")]
    [InlineData("Acme.Orders.MapOrders(app.MapGroup(\"/a\").RequireAuthorization());", "[Microsoft.AspNetCore.Authorization.Authorize] ", null)]
    public Task EndpointsOfALibraryAreUndecidedWhereNothingInSightDeclaresThem(string map, string attribute, string? silent)
    {
        var service = Program($"app.MapGet(\"/a\", () => 1).AllowAnonymous(); {map}", register: "builder.Services.AddControllers();").WithReference(TestProject.Library("Acme", $$"""
            using Microsoft.AspNetCore.Builder;
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.AspNetCore.Routing;

            namespace Acme;

            {{attribute}}public class OrdersController : ControllerBase
            {
                [HttpGet("/o")] public string Get() => "";
            }

            public static class Orders
            {
                public static void MapOrders(IEndpointRouteBuilder app) => app.MapGet("/orders", () => "");
            }
            """).ToReferenceAssembly());
        return silent is null ? RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(service)
            : RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(service, "undecided", $"{silent} brings endpoints from a library");
    }

    [Fact]
    public Task ServiceWithoutEndpointsDoesNotApply() => RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Program("app.MapHealthChecks(\"/h\");"), "notApplicable", "the service maps no endpoints");

    [Fact]
    public Task GeneratedEndpointsAreNotReported() => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(
        Program("Generated.Map(app);").WithSource("Generated.g.cs", "static class Generated { public static void Map(WebApplication app) => app.MapGet(\"/a\", () => \"\"); }"));

    static TestProject Security(string kind) => TestProject.Library("Acme", """
        using Microsoft.Extensions.DependencyInjection;

        namespace Acme;

        public static class Defaults
        {
            public static void AddSecurity(IServiceCollection services) => services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);
        }
        """).WithKind(kind);

    const string Silent = "public class OrdersController : ControllerBase { public string Get() => \"\"; }";

    const string Marked = "public class [|OrdersController|] : ControllerBase { public string Get() => \"\"; }";

    const string AuthorizationFilter = "class % : Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter { public void OnAuthorization(Microsoft.AspNetCore.Mvc.Filters.AuthorizationFilterContext context) { } }";

    const string ActionFilter = "class % : Microsoft.AspNetCore.Mvc.Filters.ActionFilterAttribute;";

    static string Named(string name, string code) => code.Replace("%", name, StringComparison.Ordinal);

    [Fact]
    public Task AttributeThatLooksLikeThatOfAGeneratedBaseIsNone() => RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(Program("app.[|MapGrpcService<Orders>()|];", """
        class BindServiceMethodAttribute : Attribute;
        [BindServiceMethod] abstract class OrdersBase { public Task Open() => Task.CompletedTask; }
        class Orders : OrdersBase { [Microsoft.AspNetCore.Authorization.Authorize] public Task Close() => Task.CompletedTask; }
        """).WithReference(Stub.Grpc), $"'Orders' ('Open', 1 of 2 methods) is {Cost}");

    [Theory]
    [InlineData("app.[|MapConnectionHandler<Feed>(\"/feed\"|]);", "public class Feed : Microsoft.AspNetCore.Connections.ConnectionHandler { public override Task OnConnectedAsync(Microsoft.AspNetCore.Connections.ConnectionContext connection) => Task.CompletedTask; }")]
    public Task ConnectionHandlerFails(string map, string types) => FailsAsync(map, "'Feed' is", types);

    [Theory]
    [InlineData("app.MapConnectionHandler<Feed>(\"/feed\").RequireAuthorization();", "")]
    [InlineData("app.MapConnectionHandler<Feed>(\"/feed\");", "[Microsoft.AspNetCore.Authorization.Authorize] ")]
    public Task ConnectionHandlerThatIsDeclaredPasses(string map, string attribute) =>
        PassesAsync(map, $"{attribute}public class Feed : Microsoft.AspNetCore.Connections.ConnectionHandler {{ public override Task OnConnectedAsync(Microsoft.AspNetCore.Connections.ConnectionContext connection) => Task.CompletedTask; }}");

    [Theory]
    [InlineData("app.MapWolverineEndpoints();", "static class Orders { [WolverineGet(\"/o\")] public static string [|Get|]() => \"\"; }", "'Orders.Get' is")]
    [InlineData("app.MapWolverineEndpoints();", "[Mine] class Orders { [WolverinePost(\"/o\")] public string [|Add|]() => \"\"; [WolverineGet(\"/o\"), Microsoft.AspNetCore.Authorization.Authorize] public string Get() => \"\"; } class MineAttribute : Attribute;", "'Orders.Add' is")]
    public Task SilentWolverineEndpointFails(string map, string types, string who) => RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(Wolverine(map, types), $"{who} {Cost}");

    [Theory]
    [InlineData("app.MapWolverineEndpoints();", "static class Orders { [WolverineGet(\"/o\"), Microsoft.AspNetCore.Authorization.Authorize] public static string Get() => \"\"; }")]
    [InlineData("app.MapWolverineEndpoints();", "[Microsoft.AspNetCore.Authorization.AllowAnonymous] static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }")]
    [InlineData("app.MapGroup(\"/v1\").RequireAuthorization().MapWolverineEndpoints();", "static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }")]
    [InlineData("app.MapWolverineEndpoints(o => o.RequireAuthorizeOnAll());", "static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }")]
    [InlineData("app.MapWolverineEndpoints(o => { o.RequireAuthorizeOnAll(); });", "static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }")]
    public Task DeclaredWolverineEndpointPasses(string map, string types) => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(Wolverine(map, types));

    [Theory]
    [InlineData("app.MapWolverineEndpoints(o => { if (args.Length > 0) o.RequireAuthorizeOnAll(); });", "static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }", "the options of 'MapWolverineEndpoints' may require authorization of 'Orders.Get'")]
    [InlineData("app.MapWolverineEndpoints(o => { if (args.Length > 0) { o.RequireAuthorizeOnAll(); } });", "static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }", "the options of 'MapWolverineEndpoints' may require authorization of 'Orders.Get'")]
    [InlineData("app.MapWolverineEndpoints(o => { if (args.Length > 0) return; o.RequireAuthorizeOnAll(); });", "static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }", "the options of 'MapWolverineEndpoints' may require authorization of 'Orders.Get'")]
    [InlineData("app.MapWolverineEndpoints(o => o.ConfigureEndpoints(e => o.RequireAuthorizeOnAll()));", "static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }", "the options of 'MapWolverineEndpoints' may require authorization of 'Orders.Get'")]
    [InlineData("app.MapWolverineEndpoints(o => o.ConfigureEndpoints(e => { }));", "static class Orders { [WolverineGet(\"/o\")] public static string Get() => \"\"; }", "the options of 'MapWolverineEndpoints' may require authorization of 'Orders.Get'")]
    [InlineData("app.MapWolverineEndpoints();", "static class Orders { public static IResult Before() => Results.Unauthorized(); [WolverineGet(\"/o\")] public static string Get() => \"\"; }", "what stands beside 'Orders.Get' in its class may decide who calls")]
    [InlineData("app.MapWolverineEndpoints();", "", "'MapWolverineEndpoints' maps endpoints of other assemblies")]
    public Task WolverineEndpointOutOfSightIsUndecided(string map, string types, string reason) =>
        RuleTest.StandsAsideAsync<SCORE4005EndpointsDeclareAuthorization>(Wolverine(map, types), "undecided", reason);

    [Fact]
    public Task AttributeThatLooksLikeWolverinesIsNone() => PassesAsync("app.MapGet(\"/a\", () => 1).AllowAnonymous();", "static class Orders { [WolverineGet] public static string Get() => \"\"; } class WolverineGetAttribute : Attribute;");

    static TestProject Wolverine(string map, string types) => TestProject.Service($"""
        using Wolverine.Http;

        var app = WebApplication.CreateBuilder(args).Build();
        {map}
        app.Run();

        {types}
        """).WithReference(Stub.WolverineHttp);

    static TestProject Controllers(string controller, string configure = "") => TestProject.Service($"""
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllers({configure});
        var app = builder.Build();
        app.MapControllers();
        app.Run();

        {controller}
        """);

    static TestProject Program(string map, string types = "", string register = "") => TestProject.Service($"""
        var builder = WebApplication.CreateBuilder(args);
        {register}
        var app = builder.Build();
        {map}
        app.Run();

        {types}
        """);

    static Task FailsAsync(string map, string who, string types = "", string register = "") =>
        RuleTest.FailsAsync<SCORE4005EndpointsDeclareAuthorization>(Program(map, types, register), $"{who} {Cost}");

    static Task PassesAsync(string map, string types, string register = "") => RuleTest.PassesAsync<SCORE4005EndpointsDeclareAuthorization>(Program(map, types, register));
}
