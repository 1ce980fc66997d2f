using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>Packages that are not at hand, as assemblies with the signatures that they publish.</summary>
static class Stub
{
    /// <summary>OpenTelemetry.Extensions.Hosting: <c>services.AddOpenTelemetry()</c>.</summary>
    public static readonly MetadataReference OpenTelemetryHosting = TestProject.Library("OpenTelemetry.Extensions.Hosting", """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using OpenTelemetry.Metrics;
        using OpenTelemetry.Trace;

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class OpenTelemetryServicesExtensions
            {
                public static OpenTelemetry.OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services) => throw null!;
            }
        }

        namespace OpenTelemetry
        {
            public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
            {
                public IServiceCollection Services => throw null!;
                public OpenTelemetryBuilder ConfigureResource(Action<Resources.ResourceBuilder> configure) => throw null!;
                public OpenTelemetryBuilder WithTracing() => throw null!;
                public OpenTelemetryBuilder WithTracing(Action<TracerProviderBuilder> configure) => throw null!;
                public OpenTelemetryBuilder WithMetrics() => throw null!;
                public OpenTelemetryBuilder WithMetrics(Action<MeterProviderBuilder> configure) => throw null!;
            }
        }
        """).WithKind("none").WithReferences(Frameworks.OpenTelemetry).ToMetadata();

    public static readonly MetadataReference Yarp = TestProject.Library("Yarp.ReverseProxy", """
        using Microsoft.AspNetCore.Routing;

        namespace Microsoft.AspNetCore.Builder;

        public static class ReverseProxyExtensions
        {
            public static IEndpointConventionBuilder MapForwarder(this IEndpointRouteBuilder endpoints, string pattern, string destinationPrefix) => throw null!;
            public static IEndpointConventionBuilder MapReverseProxy(this IEndpointRouteBuilder endpoints) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    public static readonly MetadataReference OpenApi = TestProject.Library("Microsoft.AspNetCore.OpenApi", """
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.DependencyInjection;

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class OpenApiServiceCollectionExtensions
            {
                public static IServiceCollection AddOpenApi(this IServiceCollection services) => throw null!;
            }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            public static class OpenApiEndpointRouteBuilderExtensions
            {
                public static IEndpointConventionBuilder MapOpenApi(this IEndpointRouteBuilder endpoints, string pattern = "/openapi/{documentName}.json") => throw null!;
            }
        }
        """).WithKind("none").ToMetadata();

    /// <summary>Swashbuckle.AspNetCore, NSwag.AspNetCore or FastEndpoints.Swagger: what each calls registering a document and serving it.</summary>
    public static MetadataReference Swagger(string assembly, string space, string register, string serve) => TestProject.Library(assembly, $$"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;

        namespace {{(space.Length > 0 ? space : "Microsoft.Extensions.DependencyInjection")}}
        {
            public static class SwaggerRegistration
            {
                public static IServiceCollection {{register}}(this IServiceCollection services) => throw null!;
            }
        }

        namespace {{(space.Length > 0 ? space : "Microsoft.AspNetCore.Builder")}}
        {
            public static class SwaggerApplication
            {
                public static IApplicationBuilder {{serve}}(this IApplicationBuilder app) => throw null!;
            }
        }
        """).WithKind("none").ToMetadata();

    /// <summary>WolverineFx.Http: endpoints are methods with an attribute.</summary>
    public static readonly MetadataReference WolverineHttp = TestProject.Library("Wolverine.Http", """
        using System;
        using Microsoft.AspNetCore.Routing;

        namespace Wolverine.Http
        {
            public abstract class WolverineHttpMethodAttribute(string method, string template) : Attribute
            {
                public string Method => method;
                public string Template => template;
            }

            public class WolverineGetAttribute(string template) : WolverineHttpMethodAttribute("GET", template);

            public class WolverinePostAttribute(string template) : WolverineHttpMethodAttribute("POST", template);

            public class WolverineHttpOptions
            {
                public void RequireAuthorizeOnAll() => throw null!;
                public void ConfigureEndpoints(Action<object> configure) => throw null!;
            }

            public static class WolverineHttpEndpointRouteBuilderExtensions
            {
                public static void MapWolverineEndpoints(this IEndpointRouteBuilder endpoints, Action<WolverineHttpOptions>? configure = null) => throw null!;
            }
        }
        """).WithKind("none").ToMetadata();

    /// <summary>FastEndpoints: endpoints are classes.</summary>
    public static readonly MetadataReference FastEndpoints = TestProject.Library("FastEndpoints", """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;

        namespace FastEndpoints
        {
            public abstract class BaseEndpoint
            {
                public virtual void Configure() => throw null!;
            }

            public abstract class Endpoint<TRequest, TResponse> : BaseEndpoint
            {
                public virtual Task HandleAsync(TRequest request, CancellationToken cancellation) => throw null!;
                protected void Get(params string[] routes) => throw null!;
                protected void Post(params string[] routes) => throw null!;
                protected void Routes(params string[] routes) => throw null!;
                protected void Tags(params string[] tags) => throw null!;
            }

            public sealed class HttpGetAttribute(params string[] routes) : Attribute
            {
                public string[] Routes => routes;
            }

            public static class MainExtensions
            {
                public static IApplicationBuilder UseFastEndpoints(this IApplicationBuilder app) => throw null!;
            }
        }
        """).WithKind("none").ToMetadata();

    /// <summary>Grpc.AspNetCore.Server and the attribute of the base classes that Grpc.Tools generates.</summary>
    public static readonly MetadataReference Grpc = TestProject.Library("Grpc.AspNetCore.Server", """
        using System;
        using Microsoft.AspNetCore.Routing;

        namespace Microsoft.AspNetCore.Builder
        {
            public sealed class GrpcServiceEndpointConventionBuilder : IEndpointConventionBuilder
            {
                public void Add(Action<EndpointBuilder> convention) => throw null!;
            }

            public static class GrpcEndpointRouteBuilderExtensions
            {
                public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder) where TService : class => throw null!;
            }
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class GrpcServicesExtensions
            {
                public static void AddGrpc(this IServiceCollection services, Action<global::Grpc.AspNetCore.Server.GrpcServiceOptions> configure) => throw null!;
            }
        }

        namespace Grpc.AspNetCore.Server
        {
            public sealed class GrpcServiceOptions
            {
                public InterceptorCollection Interceptors => throw null!;
            }

            public sealed class InterceptorCollection
            {
                public void Add<TInterceptor>(params object[] args) where TInterceptor : class => throw null!;
                public void Add(Type type, params object[] args) => throw null!;
            }
        }

        namespace Grpc.Core
        {
            public sealed class BindServiceMethodAttribute(Type type, string method) : Attribute;
        }
        """).WithKind("none").ToMetadata();

    /// <summary>OpenTelemetry.Extensions.Hosting before 1.4.</summary>
    public static readonly MetadataReference OldOpenTelemetryHosting = TestProject.Library("OpenTelemetry.Extensions.Hosting", """
        using System;
        using OpenTelemetry.Trace;

        namespace Microsoft.Extensions.DependencyInjection;

        public static class OpenTelemetryServicesExtensions
        {
            public static IServiceCollection AddOpenTelemetryTracing(this IServiceCollection services, Action<TracerProviderBuilder> configure) => throw null!;
        }
        """).WithKind("none").WithReferences(Frameworks.OpenTelemetry).ToMetadata();

    public static readonly MetadataReference DatadogTrace = TestProject.Library("Datadog.Trace", """
        namespace Datadog.Trace;

        public sealed class TracerSettings;

        public sealed class Tracer
        {
            public static void Configure(TracerSettings settings) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    public static readonly MetadataReference ApplicationInsights = TestProject.Library("Microsoft.ApplicationInsights.AspNetCore", """
        namespace Microsoft.Extensions.DependencyInjection;

        public static class ApplicationInsightsExtensions
        {
            public static IServiceCollection AddApplicationInsightsTelemetry(this IServiceCollection services) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    public static readonly MetadataReference AzureMonitor = TestProject.Library("Azure.Monitor.OpenTelemetry.AspNetCore", """
        using OpenTelemetry;

        namespace Azure.Monitor.OpenTelemetry.AspNetCore;

        public static class OpenTelemetryBuilderExtensions
        {
            public static OpenTelemetryBuilder UseAzureMonitor(this OpenTelemetryBuilder builder) => throw null!;
        }
        """).WithKind("none").WithReferences([.. Frameworks.OpenTelemetry, OpenTelemetryHosting]).ToMetadata();

    public static readonly MetadataReference XRay = TestProject.Library("AWSXRayRecorder.Handlers.AspNetCore", """
        namespace Microsoft.AspNetCore.Builder;

        public static class AWSXRayMiddlewareExtensions
        {
            public static IApplicationBuilder UseXRay(this IApplicationBuilder builder, string segmentName) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    public static readonly MetadataReference GoogleDiagnostics = TestProject.Library("Google.Cloud.Diagnostics.AspNetCore3", """
        using Microsoft.Extensions.DependencyInjection;

        namespace Google.Cloud.Diagnostics.AspNetCore3;

        public static class AspNetCoreServiceCollectionExtensions
        {
            public static IServiceCollection AddGoogleDiagnosticsForAspNetCore(this IServiceCollection services) => throw null!;

            public static IServiceCollection AddGoogleTraceForAspNetCore(this IServiceCollection services) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    public static readonly MetadataReference Sentry = TestProject.Library("Sentry", """
        namespace Sentry;

        public class SentryOptions
        {
            public double? TracesSampleRate { get; set; }

            public Func<object, double?>? TracesSampler { get; set; }
        }

        public static class SentrySdk
        {
            public static IDisposable Init(Action<SentryOptions> configure) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    public static readonly MetadataReference ElasticApm = TestProject.Library("Elastic.Apm.NetCoreAll", """
        namespace Microsoft.Extensions.DependencyInjection;

        public static class ServiceCollectionExtensions
        {
            public static IServiceCollection AddAllElasticApm(this IServiceCollection services) => throw null!;
        }
        """).WithKind("none").ToMetadata();
}
