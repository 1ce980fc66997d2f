using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// A way in which services reach something outside of them: the calls that show it in use, and those that trace it and check its health. The one table behind the rules on both.
/// </summary>
/// <param name="Name">As facts carry it: <c>client(redis)</c>, <c>instrumentation(redis)</c>, <c>health-check(redis)</c>.</param>
/// <param name="Title">As messages name it.</param>
sealed record ClientLibrary(string Name, string Title)
{
    const string EntityFramework = "ef-core";
    const string Services = "Microsoft.Extensions.DependencyInjection.";
    const string Hosting = "Microsoft.Extensions.Hosting.";
    const string Aspire = "Aspire.";
    const string Tracing = "OpenTelemetry.Trace.";

    /// <summary>Where it counts as used; types stand for their constructors.</summary>
    (string Method, string Owner)[] Uses { get; init; } = [];

    /// <summary>What a class is handed by its constructor where somebody else, a library perhaps, sets it up.</summary>
    string[] Injected { get; init; } = [];

    /// <summary>Aspire's integrations use it, trace it and check its health.</summary>
    string[] Integrations { get; init; } = [];

    /// <summary>Aspire's addition of both to what the service registers itself.</summary>
    string[] Enrichments { get; init; } = [];

    (string Method, string Owner)[] Instrumentation { get; init; } = [];

    string[] HealthChecks { get; init; } = [];

    /// <summary>The activity sources that it, or what is built on it, brings itself.</summary>
    public string[] Sources { get; init; } = [];

    /// <summary>The assemblies that a library references which is built on it.</summary>
    string[] Assemblies { get; init; } = [];

    /// <summary>Words by which such a library says in a method's name what it sets up: <c>UseRabbitMQPublisher</c>.</summary>
    string[] Words { get; init; } = [];

    /// <summary>Other clients whose instrumentation or health check covers this one too.</summary>
    public string[] CoveredBy { get; init; } = [];

    /// <summary>Whether there is an instrumentation to be asked for.</summary>
    public bool IsTraced => Instrumentation.Length > 0 || Array.IndexOf(CoveredBy, EntityFramework) >= 0;

    /// <summary>Whether the service cannot work without what is behind it, so that it belongs into the health checks.</summary>
    public bool IsDependency => HealthChecks.Length > 0;

    public static readonly ClientLibrary[] All =
    [
        new("http", "HttpClient")
        {
            Uses = [("AddHttpClient", Services + "HttpClientFactoryServiceCollectionExtensions"), ("HttpClient", "System.Net.Http.HttpClient"), ("AddRefitClient", "Refit.HttpClientFactoryExtensions")],
            Injected = ["System.Net.Http.HttpClient", "System.Net.Http.IHttpClientFactory"],
            Instrumentation = [("AddHttpClientInstrumentation", Tracing)],
            Sources = ["System.Net.Http"],
        },
        new("grpc", "gRPC")
        {
            Uses = [("AddGrpcClient", Services + "GrpcClientServiceExtensions"), ("ForAddress", "Grpc.Net.Client.GrpcChannel")],
            Instrumentation = [("AddGrpcClientInstrumentation", Tracing)],
            Sources = ["Grpc.Net.Client"],
            CoveredBy = ["http"],
            Assemblies = ["Grpc.Net.Client", "Grpc.Net.ClientFactory"],
            Words = ["GrpcClient"],
        },
        new("sql-server", "SQL Server")
        {
            Uses =
            [
                ("SqlConnection", "Microsoft.Data.SqlClient.SqlConnection"), ("SqlConnection", "System.Data.SqlClient.SqlConnection"), ("UseSqlServer", "Microsoft.EntityFrameworkCore."),
                ("UseAzureSql", "Microsoft.EntityFrameworkCore."), ("AddSqlServer", Services + "SqlServerServiceCollectionExtensions"),
            ],
            Integrations = ["AddSqlServerClient", "AddSqlServerDbContext"],
            Instrumentation = [("AddSqlClientInstrumentation", Tracing)],
            HealthChecks = ["AddSqlServer"],
            Enrichments = ["EnrichSqlServerDbContext"],
            CoveredBy = [EntityFramework],
            Assemblies = ["Microsoft.Data.SqlClient", "System.Data.SqlClient", "Microsoft.EntityFrameworkCore.SqlServer"],
            Words = ["SqlServer"],
        },
        new("npgsql", "PostgreSQL")
        {
            Uses =
            [
                ("NpgsqlConnection", "Npgsql.NpgsqlConnection"), ("Create", "Npgsql.NpgsqlDataSource"), ("NpgsqlDataSourceBuilder", "Npgsql.NpgsqlDataSourceBuilder"), ("NpgsqlSlimDataSourceBuilder", "Npgsql.NpgsqlSlimDataSourceBuilder"),
                ("UseNpgsql", "Microsoft.EntityFrameworkCore."), ("AddNpgsqlDataSource", Services), ("AddNpgsql", Services + "NpgsqlServiceCollectionExtensions"),
            ],
            Injected = ["Npgsql.NpgsqlDataSource"],
            Integrations = ["AddNpgsqlDataSource", "AddNpgsqlDbContext", "AddAzureNpgsqlDataSource", "AddAzureNpgsqlDbContext"],
            Instrumentation = [("AddNpgsql", "Npgsql.TracerProviderBuilderExtensions")],
            HealthChecks = ["AddNpgSql"],
            Enrichments = ["EnrichNpgsqlDbContext"],
            Sources = ["Npgsql"],
            CoveredBy = [EntityFramework],
            Assemblies = ["Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL"],
            Words = ["Npgsql", "Postgres"],
        },
        new("mysql", "MySQL")
        {
            Uses =
            [
                ("MySqlConnection", "MySqlConnector.MySqlConnection"), ("MySqlConnection", "MySql.Data.MySqlClient.MySqlConnection"), ("UseMySql", "Microsoft.EntityFrameworkCore."),
                ("UseMySQL", "Microsoft.EntityFrameworkCore."), ("AddMySqlDataSource", Services),
            ],
            Integrations = ["AddMySqlDataSource", "AddMySqlDbContext"],
            Instrumentation = [("AddConnectorNet", "MySql.Data.OpenTelemetry.")],
            HealthChecks = ["AddMySql"],
            Enrichments = ["EnrichMySqlDbContext"],
            Sources = ["MySqlConnector", "connector-net"],
            CoveredBy = [EntityFramework],
            Assemblies = ["MySqlConnector", "MySql.Data", "MySql.EntityFrameworkCore", "Pomelo.EntityFrameworkCore.MySql"],
            Words = ["MySql"],
        },
        new("sqlite", "SQLite")
        {
            // Without EF Core there is no instrumentation, and what is read from a file of its own needs no check.
            Uses = [("UseSqlite", "Microsoft.EntityFrameworkCore."), ("AddSqlite", Services + "SqliteServiceCollectionExtensions")],
            HealthChecks = ["AddSqlite"],
            CoveredBy = [EntityFramework],
            Assemblies = ["Microsoft.EntityFrameworkCore.Sqlite"],
            Words = ["Sqlite"],
        },
        new("redis", "Redis")
        {
            Uses =
            [
                ("Connect", "StackExchange.Redis.ConnectionMultiplexer"), ("ConnectAsync", "StackExchange.Redis.ConnectionMultiplexer"),
                ("AddStackExchangeRedisCache", Services), ("AddStackExchangeRedisOutputCache", Services), ("AddStackExchangeRedis", Services),
            ],
            Injected = ["StackExchange.Redis.IConnectionMultiplexer"],
            Integrations = ["AddRedisClient", "AddKeyedRedisClient", "AddRedisDistributedCache", "AddRedisOutputCache"],
            Instrumentation = [("AddRedisInstrumentation", Tracing)],
            HealthChecks = ["AddRedis"],
            Sources = ["OpenTelemetry.Instrumentation.StackExchangeRedis", "StackExchange.Redis"],
            Assemblies = ["StackExchange.Redis", "Microsoft.Extensions.Caching.StackExchangeRedis"],
            Words = ["Redis"],
        },
        new("kafka", "Kafka")
        {
            Uses = [("ProducerBuilder", "Confluent.Kafka.ProducerBuilder"), ("ConsumerBuilder", "Confluent.Kafka.ConsumerBuilder")],
            Integrations = ["AddKafkaProducer", "AddKafkaConsumer"],
            Instrumentation = [("AddKafkaProducerInstrumentation", Tracing), ("AddKafkaConsumerInstrumentation", Tracing), ("AddConfluentKafkaInstrumentation", Tracing)],
            HealthChecks = ["AddKafka"],
            Sources = ["Confluent.Kafka", "OpenTelemetry.Instrumentation.ConfluentKafka", "MassTransit"],
            Assemblies = ["Confluent.Kafka"],
            Words = ["Kafka"],
        },
        new("rabbitmq", "RabbitMQ")
        {
            Uses = [("ConnectionFactory", "RabbitMQ.Client.ConnectionFactory")],
            Injected = ["RabbitMQ.Client.IConnection"],
            Integrations = ["AddRabbitMQClient", "AddKeyedRabbitMQClient"],
            Instrumentation = [("AddRabbitMQInstrumentation", Tracing)],
            HealthChecks = ["AddRabbitMQ"],
            Sources = ["RabbitMQ.Client.Publisher", "RabbitMQ.Client.Subscriber", "MassTransit"],
            Assemblies = ["RabbitMQ.Client"],
            Words = ["RabbitMQ"],
        },
        new("mongodb", "MongoDB")
        {
            Uses = [("MongoClient", "MongoDB.Driver.MongoClient")],
            Injected = ["MongoDB.Driver.IMongoClient", "MongoDB.Driver.IMongoDatabase"],
            Integrations = ["AddMongoDBClient"],
            HealthChecks = ["AddMongoDb"],
            Assemblies = ["MongoDB.Driver"],
            Words = ["Mongo"],
        },
        new("cosmos-db", "Azure Cosmos DB")
        {
            Uses = [("CosmosClient", "Microsoft.Azure.Cosmos.CosmosClient"), ("CosmosClientBuilder", "Microsoft.Azure.Cosmos.Fluent.CosmosClientBuilder")],
            HealthChecks = ["AddAzureCosmosDB", "AddCosmosDb"],
            Assemblies = ["Microsoft.Azure.Cosmos.Client"],
            Words = ["Cosmos"],
        },
        new("service-bus", "Azure Service Bus")
        {
            Uses = [("ServiceBusClient", "Azure.Messaging.ServiceBus.ServiceBusClient")],
            Injected = ["Azure.Messaging.ServiceBus.ServiceBusClient"],
            HealthChecks = ["AddAzureServiceBusQueue", "AddAzureServiceBusTopic", "AddAzureServiceBusSubscription"],
            Assemblies = ["Azure.Messaging.ServiceBus"],
            Words = ["ServiceBus"],
        },
    ];

    /// <summary>What has one of them in its name looks at what others set up.</summary>
    static readonly string[] WordsOfWatching = ["HealthCheck", "Instrumentation", "Telemetry", "Tracing", "Metrics", "Logging"];

    /// <summary>What brings other than its own, or nobody knows what.</summary>
    static readonly IReadOnlyList<WiringApi> OfSeveral =
    [
        // MassTransit registers the check of its bus itself.
        new("UsingRabbitMq", "MassTransit.", [new Brought(AssemblyFact.Client, "rabbitmq"), Checks("rabbitmq")]),
        new("AddEntityFrameworkCoreInstrumentation", Tracing, [Traces(EntityFramework)]),
        new("AddDbContextCheck", Services + "EntityFrameworkCoreHealthChecksBuilderExtensions", [Checks(EntityFramework)]),
        new("AddCheck", Services + "HealthChecksBuilderAddCheckExtensions", [Checks(AssemblyFact.UnknownName)]),
        new("AddTypeActivatedCheck", Services + "HealthChecksBuilderAddCheckExtensions", [Checks(AssemblyFact.UnknownName)]),
        new("AddCheck", Services + "HealthChecksBuilderDelegateExtensions", [Checks(AssemblyFact.UnknownName)]),
        new("AddAsyncCheck", Services + "HealthChecksBuilderDelegateExtensions", [Checks(AssemblyFact.UnknownName)]),
        new("HealthCheckRegistration", "Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckRegistration", [Checks(AssemblyFact.UnknownName)]),
    ];

    public static readonly IReadOnlyList<WiringApi> Apis = [.. All.SelectMany(c => c.OwnApis()).GroupBy(a => (a.Method, a.Owner, a.Assembly)).Select(Joined), .. OfSeveral];

    static readonly Dictionary<string, Brought> InjectedTypes = All.SelectMany(c => c.Injected.Select(i => (Type: i, c.Name))).ToDictionary(i => i.Type, i => new Brought(AssemblyFact.Client, i.Name), StringComparer.Ordinal);

    /// <summary>The simple names of the types that a class is handed to use a client.</summary>
    public static readonly MentionedName[] InjectedNames = [.. InjectedTypes.Keys.Select(t => new MentionedName(t.Substring(t.LastIndexOf('.') + 1)))];

    /// <summary>The client that a constructor's parameter of this type (<c>Namespace.Type</c>) shows in use; null for any other type.</summary>
    public static Brought? InjectedAs(string type) => InjectedTypes.TryGetValue(type, out var client) ? client : default(Brought?);

    public static Brought Traces(string client) => new(AssemblyFact.Instrumentation, client);

    public static Brought Checks(string client) => new(AssemblyFact.HealthCheck, client);

    /// <summary>The clients that a library is built on, as its references tell. What belongs to a client, watches it or integrates it with its check sets nothing up that would need one.</summary>
    public static IReadOnlyList<ClientLibrary> Behind(string assembly, IEnumerable<string> references)
    {
        if (assembly.StartsWith("Microsoft.", StringComparison.Ordinal) || assembly.Contains("Aspire") || Watches(assembly))
            return [];
        var referenced = new HashSet<string>(references, StringComparer.Ordinal);
        return Array.FindAll(All, c => Array.IndexOf(c.Assemblies, assembly) < 0 && Array.Exists(c.Assemblies, referenced.Contains));
    }

    /// <summary>Those of the clients behind a library that one of its methods sets up: one that is handed the services and has a client's name in its own.</summary>
    public static IEnumerable<AssemblyFact> SetUpBy(string method, IEnumerable<string> kinds, string assembly, IReadOnlyList<ClientLibrary> behind)
    {
        if (behind.Count == 0 || !BuilderTypes.IncludeServices(kinds))
            yield break;
        var dot = method.LastIndexOf('.');
        var (type, name) = (method.Substring(0, Math.Max(dot, 0)), method.Substring(dot + 1));
        if (Watches(name) || WiringApi.BroughtBy(name, type, assembly).Count > 0)
            yield break;
        foreach (var client in behind)
        {
            if (Array.Exists(client.Words, word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
                yield return new AssemblyFact(AssemblyFact.Client, client.Name, method);
        }
    }

    static bool Watches(string name) => Array.Exists(WordsOfWatching, word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether a check written in place says "healthy" and looks at nothing, as the one for liveness does.</summary>
    public static bool ChecksNothing(SyntaxNode site) =>
        site is InvocationExpressionSyntax call && call.ArgumentList.Arguments.Select(a => a.Expression).OfType<AnonymousFunctionExpressionSyntax>().FirstOrDefault() is { } check
        && check.DescendantNodes().OfType<InvocationExpressionSyntax>().All(i => TreeMentions.SimpleName(i.Expression) is "Healthy" or "FromResult");

    IEnumerable<WiringApi> OwnApis() =>
    [
        .. Uses.Select(u => new WiringApi(u.Method, u.Owner, [new Brought(AssemblyFact.Client, Name)])),
        .. Integrations.Select(i => new WiringApi(i, Hosting, [new Brought(AssemblyFact.Client, Name), Traces(Name), Checks(Name)], Aspire)),
        .. Instrumentation.Select(i => new WiringApi(i.Method, i.Owner, [Traces(Name)])),
        .. HealthChecks.Select(h => new WiringApi(h, Services, [Checks(Name)], "HealthChecks.")),
        .. Enrichments.Select(e => new WiringApi(e, Hosting, [Traces(Name), Checks(Name)], Aspire)),
    ];

    /// <summary>A call is looked up once, so that one that brings several things is one entry.</summary>
    static WiringApi Joined(IGrouping<(string Method, string Owner, string? Assembly), WiringApi> apis) =>
        new(apis.Key.Method, apis.Key.Owner, apis.SelectMany(a => a.Brings).Distinct().ToArray(), apis.Key.Assembly);
}
