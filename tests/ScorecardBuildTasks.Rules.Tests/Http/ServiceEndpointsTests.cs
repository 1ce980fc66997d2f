using ScorecardBuildTasks.Rules.Facts;
using ScorecardBuildTasks.Rules.Http;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Http;

public sealed class ServiceEndpointsTests
{
    [Theory]
    [InlineData("api", "app.MapGet(\"/orders\", () => \"\");")]
    [InlineData("api", "app.MapMethods(\"/orders\", [\"GET\"], () => \"\");")]
    [InlineData("api", "app.Map(\"/orders\", () => \"\");")]
    [InlineData("api", "app.MapGroup(\"/orders\").MapPost(\"/a\", () => { });")]
    [InlineData("api", "app.UseRouting().UseEndpoints(e => e.MapDelete(\"/orders\", () => { }));")]
    [InlineData("api", "app.MapGet(\"/health\", () => \"\"); app.MapGet(\"/orders\", () => \"\");")]
    [InlineData("api", "if (app.Environment.IsDevelopment()) app.MapGet(\"/a\", () => \"\"); app.MapGet(\"/orders\", () => \"\");")]
    [InlineData("api", "Orders.Map(app);", "static class Orders { public static void Map(IEndpointRouteBuilder app) => app.MapPut(\"/orders\", () => { }); }")]
    [InlineData("api", "", "interface IEndpoint { void Map(IEndpointRouteBuilder app); } class Orders : IEndpoint { public void Map(IEndpointRouteBuilder app) => app.MapPatch(\"/a\", () => { }); }")]
    [InlineData("api", "app.MapGet(\"/\", () => DateTime.Now.ToString());")]
    [InlineData("api", "app.MapGet(\"/\", async context => { await context.Response.WriteAsync(DateTime.Now.ToString()); });")]
    [InlineData("api", "", "interface IEndpoint { static abstract void Map(IEndpointRouteBuilder app); } class Orders : IEndpoint { public static void Map(IEndpointRouteBuilder app) => app.MapPatch(\"/\", () => { }); }")]
    [InlineData("hub", "app.MapHub<Prices>(\"/prices\");", "public class Prices : Microsoft.AspNetCore.SignalR.Hub;")]
    [InlineData("page", "app.MapRazorPages();")]
    [InlineData("page", "app.MapRazorPages(); app.MapGroup(\"/Account\").MapPost(\"/Logout\", () => { });")]
    [InlineData("page", "app.MapRazorPages(); var account = app.MapGroup(\"/Account\"); account.MapGroup(\"/Manage\").MapPost(\"/LinkExternalLogin\", () => { });")]
    [InlineData("controller", "app.MapControllers();", "public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("controller", "app.MapDefaultControllerRoute();", "public class Orders : Microsoft.AspNetCore.Mvc.Controller;")]
    [InlineData("controller", "app.MapControllers();", "public abstract class AcmeBase : Microsoft.AspNetCore.Mvc.ControllerBase; public class OrdersController : AcmeBase;")]
    [InlineData("controller", "app.MapControllers();", "public class OrdersController { public string Get() => \"\"; }")]
    [InlineData("controller", "app.MapControllers();", "public partial class Orders; public partial class Orders : Microsoft.AspNetCore.Mvc.ControllerBase; [Microsoft.AspNetCore.Mvc.ApiController] public partial class Orders;")]
    public void MappedEndpointsAreFound(string kind, string map, string types = "")
    {
        var endpoints = Of(Service(map, types));
        Assert.Null(endpoints.NoneBecause);
        Assert.Equal([$"{kind}-endpoints"], AssemblyFact.EndpointKinds.Where(endpoints.Has));
    }

    [Fact]
    public void GrpcServicesAreEndpoints() => Assert.True(Of(Service("app.MapGrpcService<Baskets>();", "class Baskets;").WithReference(Stub.Grpc)).Has(AssemblyFact.GrpcEndpoints));

    [Theory]
    [InlineData("")]
    [InlineData("app.MapGet(\"/health/live\", () => \"\");")]
    [InlineData("app.MapGet(Routes.Health, () => \"\");", "static class Routes { public const string Health = \"/healthz\"; }")]
    [InlineData("app.MapHealthChecks(\"/health\");")]
    [InlineData("app.MapGet(\"/\", () => \"Talk to this service with a gRPC client\");")]
    [InlineData("app.MapGet(\"/\", async context => { await context.Response.WriteAsync(\"Talk to this service with a gRPC client\"); });")]
    [InlineData("app.MapGet(\"/\", context => context.Response.WriteAsync(\"Talk to this service with a gRPC client\"));")]
    [InlineData("app.Map(\"/\", () => Results.Redirect(\"/swagger\"));")]
    [InlineData("app.MapControllers();")]
    [InlineData("app.MapControllers();", "public abstract class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("app.MapControllers();", "[Microsoft.AspNetCore.Mvc.NonController] public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("app.MapControllers();", "class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase;")]
    [InlineData("if (app.Environment.IsDevelopment()) app.MapGet(\"/a\", () => \"\");")]
    [InlineData("app.Map(\"/orders\", branch => { });")]
    [InlineData("app.MapGroup(\"/orders\");")]
    [InlineData("app.MapGet(1, () => \"\");", "static class LookAlikes { public static void MapGet(this WebApplication app, int route, Func<string> handler) { } }")]
    [InlineData("", "static class Unused { public static void Map(WebApplication app) => app.MapGet(\"/orders\", () => \"\"); }")]
    public void ServiceWithoutEndpointsHasNone(string map, string types = "") => AssertNone(Service(map, types), "the service maps no endpoints");

    [Theory]
    [InlineData("api", "")]
    [InlineData("api", "reference")]
    public void LibraryMethodThatTheServiceCallsBringsEndpoints(string kind, string form)
    {
        var library = Orders("library");
        var endpoints = Of(Service("Acme.Orders.Map(app);", "").WithReference(form == "" ? library.ToMetadata() : library.ToReferenceAssembly()));
        Assert.True(endpoints.Has($"{kind}-endpoints"));
    }

    [Fact]
    public void LibraryMethodThatNobodyCallsBringsNone() => AssertNone(Service("", "").WithReference(Orders("library").ToReferenceAssembly()), "the service maps no endpoints");

    [Fact]
    public void LibraryThatCannotBeLookedIntoIsUndecided()
    {
        var none = Of(Service("Acme.Orders.Map(app);", "").WithReference(Orders("none").ToReferenceAssembly())).NoneBecause;
        Assert.Equal((StandsAside.Undecided, "'Acme.Orders.Map' may map endpoints and cannot be looked into"), (none?.StandsAside, none?.Reason));
    }

    [Fact]
    public void PackageThatMapsItsDashboardIsNoEndpointOfTheService() => AssertNone(Service("Acme.Orders.Map(app);", "").WithReference(Orders("none").ToMetadata()), "the service maps no endpoints");

    [Theory]
    [InlineData("app.MapControllers();", true)]
    [InlineData("", false)]
    public void ControllersOfALibraryCountWhereControllersAreMapped(string map, bool found)
    {
        var library = TestProject.Library("Acme", "namespace Acme; public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase;").ToReferenceAssembly();
        Assert.Equal(found, Of(Service(map, "").WithReference(library)).Has(AssemblyFact.ControllerEndpoints));
    }

    [Fact]
    public void SwitchedOffDetectionIsUndecided() =>
        Assert.Equal(StandsAside.Undecided, Of(Service("app.MapGet(\"/orders\", () => \"\");", "").With("ScorecardAssemblyFacts", "false")).NoneBecause?.StandsAside);

    static TestProject Orders(string kind) => TestProject.Library("Acme", """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Routing;

        namespace Acme;

        public static class Orders
        {
            public static void Map(this IEndpointRouteBuilder app) => app.MapGet("/orders", () => "");
        }
        """).WithKind(kind);

    static TestProject Service(string map, string types) => TestProject.Service($"""
        var app = WebApplication.CreateBuilder(args).Build();
        {map}
        app.Run();

        {types}
        """);

    static void AssertNone(TestProject service, string reason)
    {
        var none = Of(service).NoneBecause;
        Assert.Equal((StandsAside.NotApplicable, reason), (none?.StandsAside, none?.Reason));
    }

    static ServiceEndpoints Of(TestProject service) => ServiceEndpoints.Of(service.Compiled(), new BuildProperties(service.Options.GlobalOptions));
}
