using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Http;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>A method of somebody's library that wires telemetry, health checks or an HTTP pipeline when it is called.</summary>
/// <param name="Owner">Its type as <c>Namespace.Type</c>, or a namespace ending in <c>.</c>: whatever declares the method there.</param>
/// <param name="Assembly">How the assembly's name starts, for methods that live in a namespace that everyone extends.</param>
sealed record WiringApi(string Method, string Owner, IReadOnlyList<Brought> Brings, string? Assembly = null)
{
    const string ServiceCollectionExtensions = "Microsoft.Extensions.DependencyInjection.";
    const string AppBuilderExtensions = "Microsoft.AspNetCore.Builder.";
    const string HostingExtensions = "Microsoft.Extensions.Hosting.";

    static readonly IReadOnlyList<Brought> Tracing = [AssemblyFact.Tracing];
    static readonly IReadOnlyList<Brought> Metrics = [AssemblyFact.Metrics];
    static readonly IReadOnlyList<Brought> Logs = [AssemblyFact.Logs];
    static readonly IReadOnlyList<Brought> AllSignals = [AssemblyFact.Tracing, AssemblyFact.Metrics, AssemblyFact.Logs];
    static readonly IReadOnlyList<Brought> HealthChecks = [AssemblyFact.HealthChecks];
    static readonly IReadOnlyList<Brought> HealthEndpoint = [AssemblyFact.HealthEndpoint];
    static readonly IReadOnlyList<Brought> HttpPipeline = [AssemblyFact.HttpPipeline];

    static readonly Brought[] Controllers = [AssemblyFact.ControllerEndpoints];
    static readonly Brought[] Api = [AssemblyFact.ApiEndpoints];
    static readonly Brought[] Pages = [AssemblyFact.PageEndpoints];

    static readonly Brought[] FallbackPolicy = [AssemblyFact.FallbackPolicy];
    static readonly Brought[] AuthorizeFilter = [AssemblyFact.AuthorizeFilter];
    static readonly Brought[] OpenApiRegistered = [AssemblyFact.OpenApiRegistered];
    static readonly Brought[] SwaggerRegistered = [AssemblyFact.SwaggerRegistered];
    static readonly Brought[] OpenApiServed = [AssemblyFact.OpenApiServed];

    /// <summary>An agent instruments the clients that it knows.</summary>
    static readonly IReadOnlyList<Brought> UnknownClients = [ClientLibrary.Traces(AssemblyFact.UnknownName)];

    /// <summary>What both of Azure's ways instrument by themselves.</summary>
    static readonly IReadOnlyList<Brought> AzureClients = [ClientLibrary.Traces("http"), ClientLibrary.Traces("sql-server")];

    /// <summary>A tracer that decides in its own way which activity sources it listens to.</summary>
    static readonly IReadOnlyList<Brought> OwnTracer = [AssemblyFact.Tracing, AssemblyFact.ActivitySource, .. UnknownClients];

    /// <summary>Google's diagnostics send the host's logs beside the traces.</summary>
    static readonly IReadOnlyList<Brought> GoogleCloud = [AssemblyFact.Logs, .. OwnTracer];

    /// <summary>Elastic's agent measures the process and its requests without being asked, and tags with the assembly's name and version and the host's environment.</summary>
    static readonly IReadOnlyList<Brought> ElasticApm = [AssemblyFact.Tracing, AssemblyFact.Metrics, AssemblyFact.ActivitySource, .. ResourceTags.All, .. UnknownClients];

    /// <summary>A collector of metrics that decides in its own way which meters it listens to.</summary>
    static readonly IReadOnlyList<Brought> OwnMetrics = [AssemblyFact.Metrics, AssemblyFact.Meter];

    /// <summary>Application Insights listens to the frameworks that it knows, never to a source or meter that a service makes.</summary>
    static readonly IReadOnlyList<Brought> ApplicationInsights = [AssemblyFact.Tracing, AssemblyFact.Metrics, AssemblyFact.Logs, .. ResourceTags.Unknown, .. AzureClients, .. UnknownClients];

    /// <summary>An agent with ears of its own.</summary>
    static readonly IReadOnlyList<Brought> OwnAgent = [.. ApplicationInsights, AssemblyFact.ActivitySource, AssemblyFact.Meter];

    /// <summary>A distribution of OpenTelemetry that looks around itself where the service runs.</summary>
    static readonly IReadOnlyList<Brought> AzureMonitor = [.. AllSignals, .. ResourceTags.Unknown, .. AzureClients];

    /// <summary>Properties that wire something when they are set, by their name.</summary>
    static readonly IReadOnlyDictionary<string, WiringApi> Properties = new WiringApi[]
    {
        new("FallbackPolicy", "Microsoft.AspNetCore.Authorization.AuthorizationOptions", FallbackPolicy),
        new("TracesSampleRate", "Sentry.SentryOptions", OwnTracer),
        new("TracesSampler", "Sentry.SentryOptions", OwnTracer),
    }.ToDictionary(p => p.Method, StringComparer.Ordinal);

    static readonly IReadOnlyList<WiringApi> All =
    [
        // OpenTelemetry: the builder, the signal by signal factories, and the names of before 1.4
        new("WithTracing", "OpenTelemetry.", Tracing),
        new("WithMetrics", "OpenTelemetry.", Metrics),
        new("WithLogging", "OpenTelemetry.", Logs),
        new("UseOtlpExporter", "OpenTelemetry.", AllSignals),
        new("CreateTracerProviderBuilder", "OpenTelemetry.Sdk", Tracing),
        new("CreateMeterProviderBuilder", "OpenTelemetry.Sdk", Metrics),
        new("CreateLoggerProviderBuilder", "OpenTelemetry.Sdk", Logs),
        new("AddOpenTelemetry", "Microsoft.Extensions.Logging.OpenTelemetryLoggingExtensions", Logs),
        new("UseOpenTelemetry", "Microsoft.Extensions.Logging.OpenTelemetryLoggingExtensions", Logs),
        new("UseOpenTelemetry", "Microsoft.Extensions.Diagnostics.Metrics.OpenTelemetryMetricsBuilderExtensions", Metrics),
        new("AddOpenTelemetryTracing", "Microsoft.Extensions.DependencyInjection.OpenTelemetryServicesExtensions", Tracing),
        new("AddOpenTelemetryMetrics", "Microsoft.Extensions.DependencyInjection.OpenTelemetryServicesExtensions", Metrics),
        new("AddSource", "OpenTelemetry.Trace.", [AssemblyFact.ActivitySource]),
        new("AddMeter", "OpenTelemetry.Metrics.", [AssemblyFact.Meter]),

        // Datadog
        new("Configure", "Datadog.Trace.Tracer", OwnTracer),

        // AWS X-Ray and Google Cloud Trace
        new("UseXRay", AppBuilderExtensions, OwnTracer, "AWSXRayRecorder."),
        new("AddGoogleDiagnosticsForAspNetCore", "Google.Cloud.Diagnostics.", GoogleCloud),
        new("AddGoogleDiagnosticsForAspNetCore", ServiceCollectionExtensions, GoogleCloud, "Google.Cloud.Diagnostics."),
        new("AddGoogleTraceForAspNetCore", "Google.Cloud.Diagnostics.", OwnTracer),
        new("AddGoogleTraceForAspNetCore", ServiceCollectionExtensions, OwnTracer, "Google.Cloud.Diagnostics."),

        // Listeners of the service's own
        new("AddActivityListener", "System.Diagnostics.ActivitySource", [AssemblyFact.ActivitySource]),
        new("MeterListener", "System.Diagnostics.Metrics.MeterListener", [AssemblyFact.Meter]),

        // Metrics without OpenTelemetry: prometheus-net, DogStatsD, App Metrics
        new("MapMetrics", "Prometheus.", OwnMetrics),
        new("UseMetricServer", "Prometheus.", OwnMetrics),
        new("UseHttpMetrics", "Prometheus.", OwnMetrics),
        new("AddMetricServer", "Prometheus.", OwnMetrics),
        new("KestrelMetricServer", "Prometheus.KestrelMetricServer", OwnMetrics),
        new("MetricServer", "Prometheus.MetricServer", OwnMetrics),
        new("MetricPusher", "Prometheus.MetricPusher", OwnMetrics),
        new("Configure", "StatsdClient.DogStatsd", Metrics),
        new("DogStatsdService", "StatsdClient.DogStatsdService", Metrics),
        new("AddMetrics", ServiceCollectionExtensions, Metrics, "App.Metrics"),
        new("UseMetrics", AppBuilderExtensions, Metrics, "App.Metrics"),
        new("UseMetrics", HostingExtensions, Metrics, "App.Metrics"),
        new("UseMetrics", "App.Metrics.", Metrics),

        // Application Insights and Azure Monitor
        new("AddApplicationInsightsTelemetry", "Microsoft.Extensions.DependencyInjection.ApplicationInsightsExtensions", ApplicationInsights),
        new("AddApplicationInsightsTelemetryWorkerService", "Microsoft.Extensions.DependencyInjection.ApplicationInsightsExtensions", ApplicationInsights),
        new("UseApplicationInsights", "Microsoft.AspNetCore.Hosting.ApplicationInsightsWebHostBuilderExtensions", ApplicationInsights),
        new("UseAzureMonitor", "Azure.Monitor.OpenTelemetry.", AzureMonitor),
        new("UseAzureMonitorExporter", "Azure.Monitor.OpenTelemetry.", AllSignals),

        // Elastic APM, on every kind of builder, and Elastic's distribution of OpenTelemetry
        new("AddElasticApm", ServiceCollectionExtensions, ElasticApm, "Elastic.Apm"),
        new("AddElasticApmForAspNetCore", ServiceCollectionExtensions, ElasticApm, "Elastic.Apm"),
        new("AddAllElasticApm", ServiceCollectionExtensions, ElasticApm, "Elastic.Apm"),
        new("AddAllElasticApm", "Elastic.Apm.", ElasticApm, "Elastic.Apm"),
        new("UseElasticApm", "Elastic.Apm.", ElasticApm, "Elastic.Apm"),
        new("UseElasticApm", HostingExtensions, ElasticApm, "Elastic.Apm"),
        new("UseAllElasticApm", "Elastic.Apm.", ElasticApm, "Elastic.Apm"),
        new("UseAllElasticApm", HostingExtensions, ElasticApm, "Elastic.Apm"),
        new("UseAllElasticApm", AppBuilderExtensions, ElasticApm, "Elastic.Apm"),
        new("AddElasticOpenTelemetry", ServiceCollectionExtensions, OwnAgent, "Elastic.OpenTelemetry"),
        new("AddElasticOpenTelemetry", HostingExtensions, OwnAgent, "Elastic.OpenTelemetry"),
        new("WithElasticDefaults", "OpenTelemetry.", OwnAgent, "Elastic.OpenTelemetry"),

        // Health checks: registered, mapped, or pushed by a publisher where nothing listens
        new("AddHealthChecks", "Microsoft.Extensions.DependencyInjection.HealthCheckServiceCollectionExtensions", HealthChecks),
        new("AddGrpcHealthChecks", "Microsoft.Extensions.DependencyInjection.GrpcHealthChecksServiceExtensions", HealthChecks),
        new("MapHealthChecks", "Microsoft.AspNetCore.Builder.HealthCheckEndpointRouteBuilderExtensions", HealthEndpoint),
        new("UseHealthChecks", "Microsoft.AspNetCore.Builder.HealthCheckApplicationBuilderExtensions", HealthEndpoint),
        new("MapGrpcHealthChecksService", "Microsoft.AspNetCore.Builder.GrpcHealthChecksEndpointRouteBuilderExtensions", HealthEndpoint),
        new("AddTcpEndpointProbe", ServiceCollectionExtensions, HealthEndpoint, "Microsoft.Extensions.Diagnostics.Probes"),
        new("AddKubernetesProbes", ServiceCollectionExtensions, HealthEndpoint, "Microsoft.Extensions.Diagnostics.Probes"),

        // Endpoints that are more than a route and its handler
        new("MapControllers", "Microsoft.AspNetCore.Builder.ControllerEndpointRouteBuilderExtensions", Controllers),
        new("MapDefaultControllerRoute", "Microsoft.AspNetCore.Builder.ControllerEndpointRouteBuilderExtensions", Controllers),
        new("MapControllerRoute", "Microsoft.AspNetCore.Builder.ControllerEndpointRouteBuilderExtensions", Controllers),
        new("MapAreaControllerRoute", "Microsoft.AspNetCore.Builder.ControllerEndpointRouteBuilderExtensions", Controllers),
        new("MapDynamicControllerRoute", "Microsoft.AspNetCore.Builder.ControllerEndpointRouteBuilderExtensions", Controllers),
        new("UseMvc", "Microsoft.AspNetCore.Builder.MvcApplicationBuilderExtensions", Controllers),
        new("UseMvcWithDefaultRoute", "Microsoft.AspNetCore.Builder.MvcApplicationBuilderExtensions", Controllers),
        new("MapIdentityApi", "Microsoft.AspNetCore.Routing.IdentityApiEndpointRouteBuilderExtensions", Api),
        new("MapFastEndpoints", "FastEndpoints.", Api),
        new("UseFastEndpoints", "FastEndpoints.", Api),
        new("MapCarter", "Carter.", Api),
        new("MapWolverineEndpoints", "Wolverine.Http.", Api),
        new("MapGrpcService", "Microsoft.AspNetCore.Builder.GrpcEndpointRouteBuilderExtensions", [AssemblyFact.GrpcEndpoints]),
        new("MapHub", "Microsoft.AspNetCore.Builder.HubEndpointRouteBuilderExtensions", [AssemblyFact.HubEndpoints]),
        new("MapConnectionHandler", "Microsoft.AspNetCore.Builder.ConnectionEndpointRouteBuilderExtensions", [AssemblyFact.HubEndpoints]),
        new("MapRazorPages", "Microsoft.AspNetCore.Builder.RazorPagesEndpointRouteBuilderExtensions", Pages),
        new("MapRazorComponents", "Microsoft.AspNetCore.Builder.RazorComponentsEndpointRouteBuilderExtensions", Pages),
        new("MapBlazorHub", "Microsoft.AspNetCore.Builder.ComponentEndpointRouteBuilderExtensions", Pages),
        new("MapGraphQL", AppBuilderExtensions, [AssemblyFact.GraphQLEndpoints]),
        new("MapGraphQLHttp", AppBuilderExtensions, [AssemblyFact.GraphQLEndpoints]),
        new("MapReverseProxy", AppBuilderExtensions, [AssemblyFact.ProxyEndpoints], "Yarp"),
        new("MapForwarder", AppBuilderExtensions, [AssemblyFact.ForwardedEndpoints], "Yarp"),
        new("UseOcelot", "Ocelot.", [AssemblyFact.ProxyEndpoints]),

        // Authorization of everything: a fallback policy, or a filter on all controllers
        new("SetFallbackPolicy", "Microsoft.AspNetCore.Authorization.AuthorizationBuilder", FallbackPolicy),
        new("AuthorizeFilter", "Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter", AuthorizeFilter),

        // OpenAPI documents
        new("AddOpenApi", ServiceCollectionExtensions, OpenApiRegistered, "Microsoft.AspNetCore.OpenApi"),
        new("AddOpenApi", ServiceCollectionExtensions, OpenApiRegistered, "Asp.Versioning"),
        new("MapOpenApi", AppBuilderExtensions, OpenApiServed, "Microsoft.AspNetCore.OpenApi"),
        new("AddSwaggerGen", ServiceCollectionExtensions, SwaggerRegistered, "Swashbuckle."),
        new("UseSwagger", AppBuilderExtensions, OpenApiServed, "Swashbuckle."),
        new("MapSwagger", AppBuilderExtensions, OpenApiServed, "Swashbuckle."),
        new("AddOpenApiDocument", ServiceCollectionExtensions, SwaggerRegistered, "NSwag."),
        new("AddSwaggerDocument", ServiceCollectionExtensions, SwaggerRegistered, "NSwag."),
        new("UseOpenApi", AppBuilderExtensions, OpenApiServed, "NSwag."),
        new("UseSwagger", AppBuilderExtensions, OpenApiServed, "NSwag."),
        new("SwaggerDocument", "FastEndpoints.Swagger.", SwaggerRegistered),
        new("UseSwaggerGen", "FastEndpoints.Swagger.", OpenApiServed),

        // A timeout or resilience for every client of the HTTP client factory, where what it is handed says so
        new("ConfigureHttpClientDefaults", "Microsoft.Extensions.DependencyInjection.HttpClientFactoryServiceCollectionExtensions", [AssemblyFact.BoundedHttpClients]),

        // An HTTP pipeline
        new("CreateBuilder", "Microsoft.AspNetCore.Builder.WebApplication", HttpPipeline),
        new("CreateSlimBuilder", "Microsoft.AspNetCore.Builder.WebApplication", HttpPipeline),
        new("CreateEmptyBuilder", "Microsoft.AspNetCore.Builder.WebApplication", HttpPipeline),
        new("Create", "Microsoft.AspNetCore.Builder.WebApplication", HttpPipeline),
        new("ConfigureWebHostDefaults", "Microsoft.Extensions.Hosting.GenericHostBuilderExtensions", HttpPipeline),
        new("ConfigureWebHost", "Microsoft.Extensions.Hosting.GenericHostWebHostBuilderExtensions", HttpPipeline),
        new("CreateDefaultBuilder", "Microsoft.AspNetCore.WebHost", HttpPipeline),
        new("WebHostBuilder", "Microsoft.AspNetCore.Hosting.WebHostBuilder", HttpPipeline),

        .. Properties.Values.Select(p => p with { Method = $"set_{p.Method}" }),
        .. LoggingApis.All,
        .. ResourceTags.Apis,
        .. ClientLibrary.Apis,
    ];

    /// <summary>What stands before the method that is meant, its type or a property, for names that much else has too; such a call is bound only when that is written.</summary>
    static readonly Dictionary<string, string[]> Receivers = new(StringComparer.Ordinal)
    {
        ["Configuration"] = ["ReadFrom"],
        ["Configure"] = ["Tracer", "DogStatsd"],
        ["Connect"] = ["ConnectionMultiplexer"],
        ["ConnectAsync"] = ["ConnectionMultiplexer"],
        ["Create"] = ["WebApplication", "NpgsqlDataSource"],
        ["CreateBuilder"] = ["WebApplication"],
        ["CreateDefaultBuilder"] = ["WebHost"],
    };

    static readonly ILookup<string, WiringApi> ByMethod = All.ToLookup(a => a.Method, StringComparer.Ordinal);

    const string PublisherInterface = "IHealthCheckPublisher";

    static readonly HashSet<string> RouteMethods = new(StringComparer.Ordinal) { "MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "Map" };
    static readonly HashSet<string> ControllerBases = new(StringComparer.Ordinal) { "ControllerBase", "Controller" };
    const string HealthWords = "healthz?|health-?checks?|hc";
    const string ProbeWords = "livez?|liveness|alive|readyz?|readiness|startupz?";

    /// <summary>What is ready or live under another name is an order or a stream; below health stand probes and nothing else.</summary>
    static readonly Regex HealthRoute = new($"^/?(([a-z0-9_-]+/)*({HealthWords})|{ProbeWords})(/({HealthWords}|{ProbeWords}))*/?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    static readonly Regex HealthController = new("^Health(z|Checks?)?Controller$", RegexOptions.CultureInvariant);

    static readonly Regex AccountRoute = new("^/?account/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    static readonly Regex PlatformRoute = new("^/?(errors?(-[a-z-]+)?|metrics|openapi|swagger|scalar|api-docs|favicon\\.ico|robots\\.txt)(/.*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The simple names to look for in every file.</summary>
    public static readonly MentionedNames Names = new(ByMethod.Select(g => g.Key).Append(PublisherInterface).Concat(Properties.Keys).Append(AddedFilters.Filters).Concat(RouteMethods).Concat(ControllerBases)
        .Concat(LoggingCalls.Names).Distinct().Select(n => new MentionedName(n)));

    /// <summary>Names of which more decides than whose method is called: an argument, or what else the call is.</summary>
    static readonly HashSet<string> DecidedByTheCall = new(RouteMethods.Concat(ControllerBases).Concat(LoggingCalls.Names).Concat(["AddSource", "AddMeter", "AddService", "AddAttributes", "AuthorizeFilter", "MapGrpcService"]), StringComparer.Ordinal);

    static readonly Dictionary<string, Brought[]> MostByMethod = ByMethod.Where(g => !DecidedByTheCall.Contains(g.Key)).ToDictionary(g => g.Key, g => g.SelectMany(a => a.Brings).Distinct().ToArray(), StringComparer.Ordinal);

    /// <summary>Everything that calls of this name can bring; null where that is not known before looking.</summary>
    public static IReadOnlyList<Brought>? MostBroughtBy(string name) => MostByMethod.TryGetValue(name, out var most) ? most : null;

    /// <summary>What a call brings; empty when it is no wiring API. Binds only what the syntax alone cannot rule out.</summary>
    public static IReadOnlyList<Brought> BroughtAt(SyntaxNode site, string name, SemanticModel model, CancellationToken cancellation)
    {
        if (name == PublisherInterface)
            return HasTypeArgument(site, "Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheckPublisher", model, cancellation) ? HealthEndpoint : [];
        if (Properties.TryGetValue(name, out var property))
            return Sets(property, site, model, cancellation) ? property.Brings : [];
        if (name == AddedFilters.Filters)
            return AddedFilters.At(site, name, model, cancellation).Any(AddedFilters.IsAuthorization) ? AuthorizeFilter : [];
        if (name == "AuthorizeFilter" && HasTypeArgument(site, "Microsoft.AspNetCore.Mvc.Authorization.AuthorizeFilter", model, cancellation))
            return AuthorizeFilter;
        if (RouteMethods.Contains(name))
            return KindsOfRoute(site, name, model, cancellation);
        if (ControllerBases.Contains(name))
            return site is BaseTypeSyntax { Parent.Parent: ClassDeclarationSyntax controller } && IsHealthController(controller.Identifier.ValueText)
                ? [AssemblyFact.HandWrittenHealthEndpoint] : [];
        if (LoggingCalls.BroughtAt(site, name, model, cancellation) is { } logging)
            return logging;
        if (ResourceTags.BroughtAt(site, name, model, cancellation) is { } tags)
            return tags;
        if (name is "AddCheck" or "AddAsyncCheck" && ClientLibrary.ChecksNothing(site))
            return [];
        if (Receivers.TryGetValue(name, out var types) && Array.IndexOf(types, ReceiverOf(site)) < 0)
            return [];
        if (CalledMethod.InTypeAt(site, model, cancellation) is not { } method)
            return [];
        var brought = BroughtBy(method);
        return name == "MapGrpcService" && brought.Count > 0 && MapsHealthService(site, model, cancellation) ? [.. brought, .. HealthChecks, .. HealthEndpoint] : brought;
    }

    /// <summary>Whether what is mapped implements gRPC's health protocol, as the platform's probes speak it: there is nothing else that it could be there for.</summary>
    static bool MapsHealthService(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        for (var type = CalledMethod.ConstructedAt(site, model, cancellation)?.TypeArguments.FirstOrDefault() as INamedTypeSymbol; type is not null; type = type.BaseType)
        {
            if (type.Name == "HealthBase" && SymbolName.Of(type.ContainingType) == "Grpc.Health.V1.Health")
                return true;
        }
        return false;
    }

    static IReadOnlyList<Brought> BroughtBy(IMethodSymbol method)
    {
        var type = SymbolName.Of(method.ContainingType);
        var name = method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name;
        return BroughtBy(name, type, method.ContainingAssembly?.Name ?? "");
    }

    /// <summary>The same told from names alone, as metadata has them.</summary>
    public static IReadOnlyList<Brought> BroughtBy(string method, string type, string assembly)
    {
        foreach (var api in ByMethod[method])
        {
            var ownerFits = api.Owner[api.Owner.Length - 1] == '.' ? type.StartsWith(api.Owner, StringComparison.Ordinal) : type == api.Owner;
            if (ownerFits && (api.Assembly is null || assembly.StartsWith(api.Assembly, StringComparison.Ordinal)))
                return api.Brings;
        }
        return [];
    }

    static string? ReceiverOf(SyntaxNode site) => site switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => TreeMentions.SimpleName(access.Expression),
        MemberAccessExpressionSyntax access => TreeMentions.SimpleName(access.Expression),
        _ => null,
    };

    static bool HasTypeArgument(SyntaxNode site, string type, SemanticModel model, CancellationToken cancellation) =>
        site is InvocationExpressionSyntax && CalledMethod.ConstructedAt(site, model, cancellation) is { } method && method.TypeArguments.Any(t => SymbolName.Of(t) == type);

    static bool Sets(WiringApi property, SyntaxNode site, SemanticModel model, CancellationToken cancellation) =>
        site is AssignmentExpressionSyntax assignment && !assignment.Right.IsKind(SyntaxKind.NullLiteralExpression)
        && SymbolName.Of(model.GetSymbolInfo(assignment.Left, cancellation).Symbol?.ContainingType) == property.Owner;

    /// <summary>Whether the call gives a route a handler and the route is not visibly one for health: one such call tells as much about its member as many.</summary>
    public static bool MapsRoute(string name, SyntaxNode site) => RouteMethods.Contains(name) && !MayBeHealthRoute(name, RouteLiteral(site)) && !IsGreeting(site);

    /// <summary>Whether the call maps the root to a fixed text or a redirect, as templates do: a sign at the door, nothing that the service is there for.</summary>
    public static bool IsGreeting(SyntaxNode site) =>
        RouteLiteral(site) is "/" or "" && site is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments } && arguments[1].Expression is LambdaExpressionSyntax lambda
        && lambda.Body switch
        {
            LiteralExpressionSyntax or InterpolatedStringExpressionSyntax => true,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Redirect" or "LocalRedirect" } } => true,
            BlockSyntax { Statements: { Count: 1 } statements } => statements[0] is ExpressionStatementSyntax { Expression: var only } && WritesText(only),
            ExpressionSyntax body => WritesText(body),
            _ => false,
        };

    /// <summary><c>await context.Response.WriteAsync("…")</c></summary>
    static bool WritesText(ExpressionSyntax expression) =>
        (expression is AwaitExpressionSyntax { Expression: var awaited } ? awaited : expression)
            is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WriteAsync" }, ArgumentList.Arguments: { Count: 1 } arguments }
        && arguments[0].Expression is LiteralExpressionSyntax;

    static IReadOnlyList<Brought> KindsOfRoute(SyntaxNode site, string name, SemanticModel model, CancellationToken cancellation)
    {
        if (site is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call)
            return [];
        if (IsGreeting(site))
            return [];
        // `Map` is what every mapper calls its method.
        if (name == "Map" && RouteLiteral(site) is null && !arguments.Any(a => a.Expression is AnonymousFunctionExpressionSyntax))
            return [];
        if (CalledMethod.InTypeAt(site, model, cancellation) is not { } method || SymbolName.Of(method.ContainingType) is var type && !type.StartsWith(AppBuilderExtensions, StringComparison.Ordinal))
            return [];
        Func<string, string> below = r => new GroupPrefixes(new SemanticModels(model), cancellation).RouteBelow(call, r);
        if (IsHealthRoute(name, RouteLiteral(site) ?? model.GetConstantValue(arguments[0].Expression, cancellation).Value as string, below))
            return [AssemblyFact.HandWrittenHealthEndpoint];
        return type != "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions" ? []
            : RouteLiteral(site) is { } route && IsAccountRoute(below(route)) ? Pages : Api;
    }

    static string? RouteLiteral(SyntaxNode site) =>
        site is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } && arguments[0].Expression is LiteralExpressionSyntax literal
        && literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;

    /// <summary>Whether a route signs people in and out of pages, as those do that the templates map beside them.</summary>
    public static bool IsAccountRoute(string route) => AccountRoute.IsMatch(route);

    /// <summary>Whether a route is there for the platform or for those who develop against the service: its health, metrics, documentation or error page.</summary>
    /// <param name="method">The method that maps it: whoever asks for health changes nothing.</param>
    /// <param name="below">Puts the routes of the groups before it.</param>
    public static bool IsPlatformRoute(string? method, string route, Func<string, string> below) => IsHealthRoute(method, route, below) || PlatformRoute.IsMatch(route);

    /// <summary>The same of a route that is whole.</summary>
    public static bool IsPlatformRoute(string route) => IsPlatformRoute(null, route, static r => r);

    /// <summary>Whether a controller of this name answers for the service's health, and not for the health that the service deals in.</summary>
    public static bool IsHealthController(string name) => HealthController.IsMatch(name);

    /// <summary>What is live below a group of streams is a stream; the groups are looked at only where the route itself is one of health.</summary>
    static bool IsHealthRoute(string? method, string? route, Func<string, string> below) => MayBeHealthRoute(method, route) && HealthRoute.IsMatch(below(route!));

    static bool MayBeHealthRoute(string? method, string? route) => route is not null && method is not ("MapPost" or "MapPut" or "MapDelete" or "MapPatch") && HealthRoute.IsMatch(route);
}
