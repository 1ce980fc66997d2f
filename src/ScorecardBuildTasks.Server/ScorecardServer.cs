using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Campaigns;
using ScorecardBuildTasks.Server.Data;
using ScorecardBuildTasks.Server.Outcomes;
using ScorecardBuildTasks.Server.Rules;
using ScorecardBuildTasks.Server.Scorecards;
using ScorecardBuildTasks.Server.Scores;

namespace ScorecardBuildTasks.Server;

/// <summary>The Scorecards API on a database of one's own.</summary>
public sealed class ScorecardServer : IAsyncDisposable
{
    const int MaxBodySize = 5 * 1024 * 1024;

    readonly ScorecardServerOptions options;
    readonly Database database;
    readonly AccessControl access;
    readonly Telemetry? telemetry;
    readonly Clock clock;
    readonly WebApplication app;

    ScorecardServer(ScorecardServerOptions options)
    {
        this.options = options;
        database = Database.Create(options.Database, options.StatementObserver);
        access = new AccessControl(database);
        telemetry = options.OtlpEndpoint is { } collector ? new Telemetry(collector) : null;
        clock = new Clock(options.TimeProvider);
        app = BuildApp();
    }

    /// <summary>The address that the server listens on, with its real port; known once it has started.</summary>
    public Uri Url => new(app.Urls.First());

    /// <summary>What was asked and answered so far.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Makes a server that does nothing yet.</summary>
    /// <exception cref="ArgumentException">An address or the database's connection string is malformed.</exception>
    public static ScorecardServer Create(ScorecardServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ScorecardServer(options);
    }

    /// <summary>Brings the database up to date and starts to listen.</summary>
    /// <exception cref="InvalidOperationException">Without keys it would listen to others than this machine, or the database is a newer server's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await Schema.UpgradeAsync(database, clock.Now(), cancellationToken);
        await access.DeclareAsync(options.Keys, cancellationToken);
        var keys = await access.CountKeysAsync(cancellationToken);
        if (keys == 0)
        {
            if (options.Urls.FirstOrDefault(url => !Loopback.IsLoopback(BindingAddress.Parse(url).Host)) is { } open)
                throw new InvalidOperationException($"{open} is not on the loopback interface: a server without keys listens on this machine only. Give it keys, or an address such as http://127.0.0.1:8126.");
            access.OpenToThisMachine();
            options.Log("No keys are configured: any non-empty DD-API-KEY and DD-APPLICATION-KEY are accepted.");
        }
        else if (options.Keys.Count == 0)
        {
            options.Log($"No keys are given: those of the database are accepted ({keys}).");
        }
        await app.StartAsync(cancellationToken);
        options.Log($"Listening on {string.Join(", ", app.Urls)}");
    }

    /// <summary>Runs until the process is asked to stop (Ctrl+C, SIGTERM) or the token is cancelled; requests under way are finished.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await StartAsync(stopping.Token);
        await app.WaitForShutdownAsync(stopping.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    /// <summary>Stops to listen, finishes the requests under way, and lets go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        telemetry?.Dispose();
        await database.DisposeAsync();
    }

    WebApplication BuildApp()
    {
        // The empty builder reads no configuration file and no environment variable: what is in the options is all there is.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodySize;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();

        var app = builder.Build();
        foreach (var url in options.Urls)
            app.Urls.Add(url);

        var pipeline = new RequestPipeline(options, database, access, Requests);
        app.Use(pipeline.LogAsync);
        app.Use(pipeline.AnswerProblemsAsync);
        app.UseRouting();
        app.Use(pipeline.AdmitAsync);
        var api = app.MapGroup("/api/v2/scorecard");
        api.MapRules(new RuleStore(database, clock));
        api.MapOutcomes(new OutcomeStore(database, clock));
        api.MapScorecards(new ScorecardStore(database));
        api.MapScores(new ScoreStore(database));
        api.MapCampaigns(new CampaignStore(database, clock));
        app.MapGet("/health", pipeline.AnswerHealthAsync);
        app.MapGet("/openapi.json", context => context.Response.WriteAsJsonAsync(
            OpenApiDocument.Create(app.Services.GetRequiredService<EndpointDataSource>().Endpoints), context.RequestAborted));
        app.MapFallback("{*path}", context => context.Response.WriteEdgeErrorAsync(404, "Not found"));
        return app;
    }

    /// <summary>Leaves Ctrl+C to the process that a server is part of, where the usual lifetime would take it away.</summary>
    sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
