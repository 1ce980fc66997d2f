using ScorecardBuildTasks.Client.Http;

namespace ScorecardBuildTasks.Client;

/// <summary>Talks to the Scorecards API of one organisation: a property for each kind of resource. Safe for concurrent use.</summary>
public sealed class ScorecardClient : IDisposable
{
    readonly HttpClient? ownedHttpClient;

    /// <param name="options">Where the API is and the credentials to show there.</param>
    /// <param name="httpClient">
    /// An HTTP client to use and not to dispose of. Its handler must come from <see cref="CreateHandler"/>, which puts the keys on
    /// a request: another HTTP client is given no keys, and the first call through it throws <see cref="InvalidOperationException"/>.
    /// </param>
    /// <exception cref="ArgumentException">Credentials are missing, or the URL is neither https nor on the loopback interface.</exception>
    public ScorecardClient(ScorecardClientOptions options, HttpClient? httpClient = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (httpClient is null)
            httpClient = ownedHttpClient = new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };

        var connection = new ScorecardConnection(options, httpClient);
        Rules = new RulesResource(connection);
        Outcomes = new OutcomesResource(connection, options);
        Scorecards = new ScorecardsResource(connection);
        Scores = new ScoresResource(connection);
        Campaigns = new CampaignsResource(connection);
    }

    public RulesResource Rules { get; }

    public OutcomesResource Outcomes { get; }

    public ScorecardsResource Scorecards { get; }

    public ScoresResource Scores { get; }

    public CampaignsResource Campaigns { get; }

    /// <summary>A handler for an HTTP client to pass in: it puts the keys on requests to the API's host and to no other.</summary>
    /// <param name="inner">
    /// What sends the requests, such as a <see cref="SocketsHttpHandler"/> with a proxy; it must not follow redirects by itself.
    /// A handler of your own making is taken at its word.
    /// </param>
    /// <exception cref="ArgumentException">The inner handler follows redirects.</exception>
    public static HttpMessageHandler CreateHandler(HttpMessageHandler? inner = null) => new CredentialsHandler(inner ?? new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    public void Dispose() => ownedHttpClient?.Dispose();
}
