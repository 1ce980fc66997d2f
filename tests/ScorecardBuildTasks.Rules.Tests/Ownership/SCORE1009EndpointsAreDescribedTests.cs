using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1009EndpointsAreDescribedTests
{
    const string Cost = "no summary (blocks level 3 of 'Ownership & Documentation')";

    [Theory]
    [InlineData("app.[|MapGet(\"/orders\"|], () => \"\");", "'GET /orders' has")]
    [InlineData("app.[|MapGet(\"/orders\"|], () => \"\").WithName(\"Orders\");", "'GET /orders' has")]
    [InlineData("app.[|MapGet(\"/orders\"|], () => \"\").WithSummary(\"\");", "'GET /orders' has")]
    [InlineData("app.[|MapGet(\"/orders\"|], () => \"\").WithSummary(1);", "'GET /orders' has", "static class LookAlikes { public static RouteHandlerBuilder WithSummary(this RouteHandlerBuilder builder, int length) => builder; }")]
    [InlineData("var api = app.MapGroup(\"/o\"); api.[|MapGet(\"/a\"|], () => \"\"); api.MapPut(\"/b\", () => \"\"); api.MapPost(\"/c\", () => \"\").WithSummary(\"Buys\");", "'GET /a' and 1 more mapped on 'api' have")]
    [InlineData("app.[|MapGet(\"/orders\"|], Orders.Get);", "'GET /orders' has", "static class Orders { // <summary>no documentation</summary>\n public static string Get() => \"\"; }")]
    public Task SilentEndpointFails(string map, string who, string types = "") => RuleTest.FailsAsync<SCORE1009EndpointsAreDescribed>(Program(map, types), $"{who} {Cost}");

    [Theory]
    [InlineData("app.MapGet(\"/orders\", () => \"\").WithSummary(\"Orders\");")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").WithName(\"x\").WithDescription(\"Orders\");")]
    [InlineData("app.MapGet(\"/orders\", [EndpointSummary(\"Orders\")] () => \"\");")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").WithMetadata(new EndpointSummaryAttribute(\"Orders\"));")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").ExcludeFromDescription();")]
    [InlineData("app.MapGroup(\"/o\").ExcludeFromDescription().MapGet(\"/orders\", () => \"\");")]
    [InlineData("var api = app.MapGroup(\"/o\").WithSummary(\"Orders\"); api.MapGet(\"/orders\", () => \"\");")]
    [InlineData("app.MapGet(\"/orders\", Orders.Get);", "static class Orders { /// <summary>Orders</summary>\n public static string Get() => \"\"; }")]
    [InlineData("app.MapGet(\"/orders\", Orders.Get);", "static class Orders { [EndpointDescription(\"Orders\")] public static string Get() => \"\"; }")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").Described();", "static class Mine { public static RouteHandlerBuilder Described(this RouteHandlerBuilder builder) => builder.WithSummary(\"Orders\"); }")]
    [InlineData("app.MapGet(\"/orders\", () => \"\").WithSummary(\"Orders\"); app.MapGet(\"/healthz\", () => \"\");")]
    public Task DescribedEndpointPasses(string map, string types = "") => RuleTest.PassesAsync<SCORE1009EndpointsAreDescribed>(Program(map, types));

    [Theory]
    [InlineData("[ApiController] public class [|OrdersController|] : ControllerBase { public string Get() => \"\"; }", "The action of 'OrdersController' has")]
    [InlineData("public class OrdersController : ControllerBase { /// <summary>Orders</summary>\n public string Get() => \"\"; public string [|Put|]() => \"\"; }", "'OrdersController.Put' has")]
    [InlineData("[ApiController] public class [|HealthInsuranceController|] : ControllerBase { public string Get() => \"\"; }", "The action of 'HealthInsuranceController' has")]
    public Task SilentActionFails(string controller, string who) => RuleTest.FailsAsync<SCORE1009EndpointsAreDescribed>(Controllers(controller), $"{who} {Cost}");

    [Theory]
    [InlineData("public class OrdersController : ControllerBase { /// <summary>Orders</summary>\n public string Get() => \"\"; [EndpointSummary(\"Puts\")] public string Put() => \"\"; }")]
    [InlineData("[ApiExplorerSettings(IgnoreApi = true)] public class OrdersController : ControllerBase { public string Get() => \"\"; }")]
    [InlineData("public class OrdersController : ControllerBase { [Swashbuckle.AspNetCore.Annotations.SwaggerOperation(\"Orders\")] public string Get() => \"\"; }")]
    public Task DescribedActionPasses(string controller) => RuleTest.PassesAsync<SCORE1009EndpointsAreDescribed>(Controllers(controller).WithSource("Annotations.cs", """
        namespace Swashbuckle.AspNetCore.Annotations;

        [AttributeUsage(AttributeTargets.Method)]
        sealed class SwaggerOperationAttribute(string summary) : Attribute
        {
            public string Summary => summary;
        }
        """));

    [Theory]
    [InlineData("app.MapRazorPages();", "")]
    [InlineData("app.MapDefaultControllerRoute();", "public class HomeController : Microsoft.AspNetCore.Mvc.Controller { public object Index() => this.View(); }")]
    public Task ServiceWithoutAnApiDoesNotApply(string map, string types) => RuleTest.StandsAsideAsync<SCORE1009EndpointsAreDescribed>(Program(map, types), "notApplicable", "with no HTTP API");

    [Theory]
    [InlineData("", true)]
    [InlineData(".WithSummary(\"orders\")", false)]
    public async Task EndpointsOfALibraryAreUndecidedWhereNothingInSightDescribesThem(string convention, bool isSilent)
    {
        var service = TestProject.Service($"using Acme; var app = WebApplication.CreateBuilder(args).Build(); app.MapOrders(){convention}; app.Run();").WithReference(TestProject.Library("Acme", """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.AspNetCore.Routing;

            namespace Acme;

            public static class Orders
            {
                public static RouteHandlerBuilder MapOrders(this IEndpointRouteBuilder app) => app.MapGet("/orders", () => "");
            }
            """).ToReferenceAssembly());
        if (isSilent)
            await RuleTest.StandsAsideAsync<SCORE1009EndpointsAreDescribed>(service, "undecided", "'Acme.Orders.MapOrders' brings endpoints from a library");
        else
            await RuleTest.PassesAsync<SCORE1009EndpointsAreDescribed>(service);
    }

    [Fact]
    public Task ServiceWithoutEndpointsDoesNotApply() => RuleTest.StandsAsideAsync<SCORE1009EndpointsAreDescribed>(Program("app.MapHealthChecks(\"/h\");"), "notApplicable", "the service maps no endpoints");

    /// <summary>What a library does with the host builder, by whatever name, is no convention of an endpoint.</summary>
    [Theory]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.AddDefaultOpenApi(); var app = builder.Build();")]
    [InlineData("var builder = WebApplication.CreateBuilder(args); builder.AddEverything(); var app = builder.Build();")]
    [InlineData("var app = WebApplication.CreateBuilder(args).With().Build();")]
    [InlineData("var app = WebApplication.CreateBuilder(args).BuildApplication();")]
    public Task WalkEndsWhereTheApplicationIsBuilt(string build) => RuleTest.FailsAsync<SCORE1009EndpointsAreDescribed>(
        TestProject.Service($$"""
            using Acme;

            {{build}}
            Acme.Defaults.UseDefaultOpenApi(app); app.[|MapGet("/orders"|], () => "");
            app.Run();

            static class Own
            {
                public static void AddEverything(this IHostApplicationBuilder builder) => builder.AddDefaultOpenApi();

                public static WebApplicationBuilder With(this WebApplicationBuilder builder)
                {
                    builder.AddDefaultOpenApi();
                    return builder;
                }

                public static WebApplication BuildApplication(this WebApplicationBuilder builder)
                {
                    builder.AddDefaultOpenApi();
                    return builder.Build();
                }
            }
            """).WithReference(TestProject.Library("Acme", """
            using Microsoft.Extensions.Hosting;

            namespace Acme;

            public interface IVersioningBuilder;

            public static class Defaults
            {
                public static IHostApplicationBuilder AddDefaultOpenApi(this IHostApplicationBuilder builder, IVersioningBuilder? versions = null) => builder;

                public static void UseDefaultOpenApi(this Microsoft.AspNetCore.Builder.WebApplication app)
                {
                }
            }
            """).ToReferenceAssembly()), $"'GET /orders' has {Cost}");

    [Fact]
    public Task ConventionOfALibraryIsUndecided() => RuleTest.StandsAsideAsync<SCORE1009EndpointsAreDescribed>(
        Program("Acme.Conventions.DescribedAs(app.MapGet(\"/orders\", () => \"\"), \"orders\");").WithReference(TestProject.Library("Acme", """
            namespace Acme;

            public static class Conventions
            {
                public static T DescribedAs<T>(this T builder, string text) where T : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder => builder;
            }
            """).ToReferenceAssembly()), "undecided", "'GET /orders'");

    [Theory]
    [InlineData("static class Orders { [Wolverine.Http.WolverineGet(\"/o\")] public static string Get() => \"\"; }", "Wolverine.Http maps 'Orders.Get' and may describe it by conventions of its own")]
    [InlineData("", "'MapWolverineEndpoints' maps endpoints of other assemblies")]
    [InlineData("static class Orders { [Wolverine.Http.WolverineGet(\"/o\"), EndpointSummary(\"The orders\")] public static string Get() => \"\"; }", null)]
    public Task WolverineEndpointIsJudgedByItsAttributes(string types, string? reason)
    {
        var service = TestProject.Service($"using Wolverine.Http; var app = WebApplication.CreateBuilder(args).Build(); app.MapWolverineEndpoints(); app.Run(); {types}").WithReference(Stub.WolverineHttp);
        return reason is null ? RuleTest.PassesAsync<SCORE1009EndpointsAreDescribed>(service) : RuleTest.StandsAsideAsync<SCORE1009EndpointsAreDescribed>(service, "undecided", reason);
    }

    static TestProject Controllers(string controller) => TestProject.Service($"""
        using Microsoft.AspNetCore.Mvc;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllers();
        var app = builder.Build();
        app.MapControllers();
        app.Run();

        {controller}
        """);

    static TestProject Program(string map, string types = "") => TestProject.Service($"""
        var app = WebApplication.CreateBuilder(args).Build();
        {map}
        app.Run();

        {types}
        """);
}
