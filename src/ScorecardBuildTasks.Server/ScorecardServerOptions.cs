using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Limits;

namespace ScorecardBuildTasks.Server;

/// <summary>Where a server listens, where it keeps its data, and whom it lets in.</summary>
public sealed record ScorecardServerOptions
{
    /// <summary>Addresses to listen on; port 0 takes a free one. Elsewhere than on the loopback interface only with keys.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:8126"];

    /// <summary><c>Data Source=FILE</c> for SQLite, <c>Host=…;Database=…</c> for PostgreSQL.</summary>
    public string Database { get; init; } = "Data Source=scorecard.db";

    /// <summary>
    /// The credentials to accept; they replace those that the database holds, which stay where none are given here. With none
    /// at all any two non-empty keys will do, on the loopback interface.
    /// </summary>
    public IReadOnlyList<AccessKey> Keys { get; init; } = [];

    /// <summary>For each caller.</summary>
    public RateLimit RateLimit { get; init; } = new(1000, TimeSpan.FromSeconds(10));

    /// <summary>Faults to answer with now and then; null for none.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>The root of an OpenTelemetry collector, such as <c>http://127.0.0.1:4318</c>, to send traces and metrics to; null for none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Told one line for whatever the person who started the server should know; never a key.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Decides when a fault happens.</summary>
    internal Random FaultRandom { get; init; } = Random.Shared;

    /// <summary>Told the text of every SQL statement.</summary>
    internal Action<string>? StatementObserver { get; init; }
}
