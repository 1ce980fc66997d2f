using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>Client libraries, what instruments them and what checks their health, with the signatures that their packages publish.</summary>
static class ClientStubs
{
    static readonly MetadataReference Libraries = TestProject.Library("Clients", """
        using Microsoft.Extensions.DependencyInjection;

        namespace StackExchange.Redis
        {
            public interface IConnectionMultiplexer;

            public sealed class ConnectionMultiplexer
            {
                public static ConnectionMultiplexer Connect(string configuration) => throw null!;
                public static Task<ConnectionMultiplexer> ConnectAsync(string configuration) => throw null!;
            }
        }

        namespace Npgsql
        {
            public sealed class NpgsqlConnection(string connection)
            {
                public string Connection => connection;
            }

            public abstract class NpgsqlDataSource
            {
                public static NpgsqlDataSource Create(string connection) => throw null!;
            }

            public static class TracerProviderBuilderExtensions
            {
                public static OpenTelemetry.Trace.TracerProviderBuilder AddNpgsql(this OpenTelemetry.Trace.TracerProviderBuilder builder) => throw null!;
            }
        }

        namespace Microsoft.Data.SqlClient
        {
            public sealed class SqlConnection;
        }

        namespace RabbitMQ.Client
        {
            public sealed class ConnectionFactory;
        }

        namespace Microsoft.Azure.Cosmos
        {
            public sealed class CosmosClient;
        }

        namespace MongoDB.Driver
        {
            public sealed class MongoClient;
        }

        namespace Confluent.Kafka
        {
            public class ProducerBuilder<TKey, TValue>;
        }

        namespace Grpc.Net.Client
        {
            public sealed class GrpcChannel
            {
                public static GrpcChannel ForAddress(string address) => throw null!;
            }
        }

        namespace MassTransit
        {
            public interface IBusRegistrationConfigurator;

            public static class Bus
            {
                public static void AddMassTransit(this IServiceCollection services, Action<IBusRegistrationConfigurator> configure) => throw null!;
                public static void UsingRabbitMq(this IBusRegistrationConfigurator bus) => throw null!;
            }
        }

        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContextOptionsBuilder;

            public class DbContext;

            public static class Providers
            {
                public static DbContextOptionsBuilder UseNpgsql(this DbContextOptionsBuilder options, string connection) => throw null!;
                public static DbContextOptionsBuilder UseSqlite(this DbContextOptionsBuilder options, string connection) => throw null!;

                public static DbContextOptionsBuilder UseSqlServer(this DbContextOptionsBuilder options, string connection) => throw null!;
                public static DbContextOptionsBuilder UseInMemoryDatabase(this DbContextOptionsBuilder options, string name) => throw null!;
            }
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class EntityFrameworkServiceCollectionExtensions
            {
                public static IServiceCollection AddDbContext<TContext>(this IServiceCollection services, Action<EntityFrameworkCore.DbContextOptionsBuilder> configure) => throw null!;
            }

            public static class EntityFrameworkCoreHealthChecksBuilderExtensions
            {
                public static IHealthChecksBuilder AddDbContextCheck<TContext>(this IHealthChecksBuilder builder) => throw null!;
            }
        }

        namespace OpenTelemetry.Trace
        {
            public static class Instrumentations
            {
                public static TracerProviderBuilder AddHttpClientInstrumentation(this TracerProviderBuilder builder) => throw null!;
                public static TracerProviderBuilder AddSqlClientInstrumentation(this TracerProviderBuilder builder) => throw null!;
                public static TracerProviderBuilder AddEntityFrameworkCoreInstrumentation(this TracerProviderBuilder builder) => throw null!;
                public static TracerProviderBuilder AddRedisInstrumentation(this TracerProviderBuilder builder) => throw null!;
                public static TracerProviderBuilder AddRabbitMQInstrumentation(this TracerProviderBuilder builder) => throw null!;
                public static TracerProviderBuilder AddGrpcClientInstrumentation(this TracerProviderBuilder builder) => throw null!;
                public static TracerProviderBuilder AddKafkaProducerInstrumentation<TKey, TValue>(this TracerProviderBuilder builder) => throw null!;
            }
        }
        """).WithKind("none").WithReferences(Frameworks.OpenTelemetry).ToMetadata();

    static readonly MetadataReference HealthChecks = TestProject.Library("HealthChecks.Clients", """
        namespace Microsoft.Extensions.DependencyInjection;

        public static class HealthCheckBuilderExtensions
        {
            public static IHealthChecksBuilder AddNpgSql(this IHealthChecksBuilder builder, string connection) => throw null!;
            public static IHealthChecksBuilder AddSqlite(this IHealthChecksBuilder builder, string connection) => throw null!;

            public static IHealthChecksBuilder AddAzureCosmosDB(this IHealthChecksBuilder builder) => throw null!;

            public static IHealthChecksBuilder AddSqlServer(this IHealthChecksBuilder builder, string connection) => throw null!;
            public static IHealthChecksBuilder AddRedis(this IHealthChecksBuilder builder, string connection) => throw null!;
            public static IHealthChecksBuilder AddRabbitMQ(this IHealthChecksBuilder builder) => throw null!;
            public static IHealthChecksBuilder AddKafka(this IHealthChecksBuilder builder) => throw null!;
            public static IHealthChecksBuilder AddMongoDb(this IHealthChecksBuilder builder) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    static readonly MetadataReference Aspire = TestProject.Library("Aspire.Clients", """
        namespace Microsoft.Extensions.Hosting;

        public static class AspireClientExtensions
        {
            public static void AddRedisClient(this IHostApplicationBuilder builder, string name) => throw null!;
            public static void AddNpgsqlDbContext<TContext>(this IHostApplicationBuilder builder, string name) => throw null!;
            public static void EnrichNpgsqlDbContext<TContext>(this IHostApplicationBuilder builder) => throw null!;
        }
        """).WithKind("none").ToMetadata();

    public static readonly IReadOnlyList<MetadataReference> All = [Libraries, HealthChecks, Aspire];
}
