namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>What a method brings to the service that calls it: <c>tracing</c>, or <c>activity-source(Orders.*)</c> where the kind has a name.</summary>
/// <param name="Via">The method that brings it, as <c>Namespace.Type.Method</c>.</param>
/// <param name="IsCertain">False when the method may bring it but cannot be looked into.</param>
sealed record AssemblyFact(string Kind, string? Name, string Via, bool IsCertain = true)
{
    public const string Tracing = "tracing";
    public const string Metrics = "metrics";
    public const string Logs = "logs";
    public const string HealthChecks = "health-checks";
    public const string HealthEndpoint = "health-endpoint";
    public const string HealthEndpointInDevelopment = "health-endpoint-in-development";
    public const string HandWrittenHealthEndpoint = "hand-written-health-endpoint";
    public const string HttpPipeline = "http-pipeline";
    public const string ApiEndpoints = "api-endpoints";
    public const string ControllerEndpoints = "controller-endpoints";
    public const string GrpcEndpoints = "grpc-endpoints";
    public const string HubEndpoints = "hub-endpoints";
    public const string PageEndpoints = "page-endpoints";
    public const string GraphQLEndpoints = "graphql-endpoints";
    public const string ProxyEndpoints = "proxy-endpoints";
    public const string ForwardedEndpoints = "forwarded-endpoints";
    public const string FallbackPolicy = "fallback-policy";
    public const string AuthorizeFilter = "authorize-filter";
    public const string OpenApiRegistered = "openapi-registered";
    public const string SwaggerRegistered = "swagger-registered";
    public const string OpenApiServed = "openapi-served";
    public const string BoundedHttpClients = "bounded-http-clients";
    public const string ActivitySource = "activity-source";
    public const string Meter = "meter";

    // What takes part in logging; together with the settings they tell whether logs are exported.
    public const string JsonConsole = "json-console";
    public const string LogScopes = "log-scopes";
    public const string LogProvider = "log-provider";
    public const string Serilog = "serilog";
    public const string SerilogSink = "serilog-sink";
    public const string SerilogText = "serilog-text";
    public const string SerilogSettings = "serilog-settings";
    public const string SerilogTraceIds = "serilog-trace-ids";
    public const string NLog = "nlog";
    public const string Log4Net = "log4net";

    /// <summary>An attribute of the resource; its name is one of <see cref="ResourceTags"/>.</summary>
    public const string ServiceTag = "service-tag";

    // What the service reaches, and what traces and checks it; named by ClientLibrary.
    public const string Client = "client";
    public const string Instrumentation = "instrumentation";
    public const string HealthCheck = "health-check";

    /// <summary>The kinds that say what a service answers requests with.</summary>
    public static readonly string[] EndpointKinds = [ApiEndpoints, ControllerEndpoints, GrpcEndpoints, HubEndpoints, PageEndpoints, GraphQLEndpoints, ProxyEndpoints, ForwardedEndpoints];

    /// <summary>Stands alone where an assembly has methods that could wire something and none of them does.</summary>
    public const string Nothing = "nothing";

    /// <summary>The name of a source that is not a constant.</summary>
    public const string UnknownName = "?";

    /// <summary>The name that the host gives the application: the assembly name of the service, which a library cannot know.</summary>
    public const string ApplicationName = "{ApplicationName}";

    public const string WiresKey = "Scorecard.Wires";
    public const string MayWireKey = "Scorecard.MayWire";
    public const string CreatedActivitySourceKey = "Scorecard.ActivitySource";
    public const string CreatedMeterKey = "Scorecard.Meter";

    /// <summary>The kind that a builder must allow for a method to bring this one: the parts of logging need what logging needs, and whoever may register sources may tag and instrument.</summary>
    public static string NeededFor(string kind) => kind switch
    {
        JsonConsole or LogScopes or LogProvider or Serilog or SerilogSink or SerilogText or SerilogSettings or SerilogTraceIds or NLog or Log4Net => Logs,
        ServiceTag or Instrumentation => ActivitySource,
        HealthCheck => HealthChecks,
        _ => kind,
    };

    public string Key => IsCertain ? WiresKey : MayWireKey;

    public string Value => Name is null ? $"{Kind}:{Via}" : $"{Kind}({Name}):{Via}";

    /// <summary>Reads <c>kind:method</c> or <c>kind(name):method</c>; null for anything else.</summary>
    public static AssemblyFact? Parse(string value, bool isCertain = true)
    {
        var colon = value.LastIndexOf(':');
        if (colon <= 0 || colon == value.Length - 1)
            return null;
        var kind = value.Substring(0, colon).Trim();
        var via = value.Substring(colon + 1).Trim();
        var open = kind.IndexOf('(');
        if (open < 0)
            return new AssemblyFact(kind, null, via, isCertain);
        return open > 0 && kind[kind.Length - 1] == ')'
            ? new AssemblyFact(kind.Substring(0, open), kind.Substring(open + 1, kind.Length - open - 2), via, isCertain)
            : null;
    }

    /// <summary>What the service is told to do in production as well, or not at all: a document of its API may be served in Development alone.</summary>
    static readonly string[] InProduction = EndpointKinds.Concat(new[] { Tracing, Metrics, Logs, ActivitySource, Meter, FallbackPolicy, AuthorizeFilter, BoundedHttpClients }).ToArray();

    /// <summary>The same fact where it is brought only in the Development environment; null when it is none there: production does not have such an endpoint or such telemetry.</summary>
    public AssemblyFact? InDevelopment() =>
        Kind == HealthEndpoint ? this with { Kind = HealthEndpointInDevelopment }
        : InProduction.Contains(NeededFor(Kind)) ? null
        : this;
}

/// <summary>What the call of an API brings: a kind of fact, and its name where the kind has one.</summary>
readonly record struct Brought(string Kind, string? Name = null)
{
    /// <summary>A source of which nothing is known but its kind has an unknown name.</summary>
    public static implicit operator Brought(string kind) => new(kind, kind is AssemblyFact.ActivitySource or AssemblyFact.Meter ? AssemblyFact.UnknownName : null);

    public AssemblyFact By(string via) => new(Kind, Name, via);
}

/// <summary>An activity source or meter that an assembly creates, and the member that does: <c>Name|Namespace.Type.Member</c>.</summary>
sealed record CreatedSource(string Name, string Member)
{
    public string Value => $"{Name}|{Member}";

    public static CreatedSource? Parse(string value)
    {
        var bar = value.LastIndexOf('|');
        return bar <= 0 ? null : new CreatedSource(value.Substring(0, bar), value.Substring(bar + 1));
    }
}
