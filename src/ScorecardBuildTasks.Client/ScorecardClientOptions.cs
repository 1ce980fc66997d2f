using System.Diagnostics.CodeAnalysis;

namespace ScorecardBuildTasks.Client;

/// <summary>Where the API is, the credentials to show there, and how long to try.</summary>
public sealed record ScorecardClientOptions
{
    /// <summary>What a browser shows before the site's name.</summary>
    const string WebApplication = "app.";

    /// <summary>The API's root, such as <c>https://api.datadoghq.com</c>; https unless on the loopback interface.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.datadoghq.com");

    /// <summary>Sent as <c>DD-API-KEY</c>; needed together with <see cref="ApplicationKey"/> unless there is a <see cref="BearerToken"/>.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Sent as <c>DD-APPLICATION-KEY</c>.</summary>
    public string? ApplicationKey { get; init; }

    /// <summary>An OAuth access token; sent instead of the two keys.</summary>
    public string? BearerToken { get; init; }

    /// <summary>The time for one call with its retries and the waits between them: a page of a list, or the whole of a publish.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time for one attempt of a call, after which it is tried again while <see cref="TotalTimeout"/> lasts.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many requests of one publish are under way at the same time.</summary>
    public int MaxRequestsInFlight { get; init; } = 4;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Told one line for each attempt (method, URL, status); never a key.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>The environment variables that must still be set before a client can be made; empty when none is missing.</summary>
    public IReadOnlyList<string> MissingCredentials
    {
        get
        {
            if (!string.IsNullOrEmpty(BearerToken))
                return [];
            List<string> missing = [];
            if (string.IsNullOrEmpty(ApiKey))
                missing.Add("DD_API_KEY");
            if (string.IsNullOrEmpty(ApplicationKey))
                missing.Add("DD_APP_KEY");
            return missing;
        }
    }

    /// <summary>False where the API's documentation says that the site has no scorecards; requests are sent all the same.</summary>
    public bool IsSiteSupported => !ApiUrl.Host.EndsWith("ddog-gov.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads <c>DD_API_KEY</c> or <c>DATADOG_API_KEY</c>, <c>DD_APP_KEY</c> or <c>DATADOG_APP_KEY</c>, and the address:
    /// <c>SCORECARD_API_URL</c>, else <c>https://api.$DD_SITE</c> (or <c>DATADOG_SITE</c>; any site, known or not, and with or without the <c>app.</c> that a browser shows), else US1.
    /// Empty variables count as absent; missing keys are no error here, see <see cref="MissingCredentials"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The URL or the site is malformed; the message names the variable.</exception>
    public static ScorecardClientOptions FromEnvironment(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new ScorecardClientOptions
        {
            ApiUrl = ReadUrl(First("SCORECARD_API_URL"), First("DD_SITE", "DATADOG_SITE")),
            ApiKey = First("DD_API_KEY", "DATADOG_API_KEY").Value,
            ApplicationKey = First("DD_APP_KEY", "DATADOG_APP_KEY").Value,
        };

        (string Name, string? Value) First(params string[] names)
        {
            foreach (var name in names)
            {
                if (environment(name)?.Trim() is { Length: > 0 } value)
                    return (name, value);
            }
            return (names[0], null);
        }
    }

    /// <summary>Shows the address and which credentials are present, never their values.</summary>
    public override string ToString() =>
        $"{ApiUrl} ({(string.IsNullOrEmpty(BearerToken) ? MissingCredentials is [] ? "with keys" : "without " + string.Join(", ", MissingCredentials) : "with a bearer token")})";

    internal void Validate()
    {
        if (!ApiUrl.IsAbsoluteUri || (ApiUrl.Scheme != Uri.UriSchemeHttps && !(ApiUrl.Scheme == Uri.UriSchemeHttp && ApiUrl.IsLoopback)))
            throw new ArgumentException($"'{ApiUrl}' would carry the keys in the clear: use https (http is for the loopback interface only).");
        if (MissingCredentials is not [])
            throw new ArgumentException($"No credentials for {ApiUrl}: set {string.Join(" and ", MissingCredentials)}.");
        if (HasControlCharacter(ApiKey) || HasControlCharacter(ApplicationKey) || HasControlCharacter(BearerToken))
            throw new ArgumentException("A key or token holds a line break or another character that no header can carry.");

        static bool HasControlCharacter(string? value) => value?.Any(c => c is < '!' or > '~') ?? false;
    }

    /// <summary>Blots the credentials out of a text that came from elsewhere.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal string? Redact(string? text)
    {
        foreach (var secret in (ReadOnlySpan<string?>)[ApiKey, ApplicationKey, BearerToken])
        {
            // What is shorter keeps no secret, and blotting it out would spoil the text.
            if (secret?.Length > 3)
                text = text?.Replace(secret, "***", StringComparison.Ordinal);
        }
        return text;
    }

    static Uri ReadUrl((string Name, string? Value) url, (string Name, string? Value) site)
    {
        if (url.Value is not null)
        {
            return Uri.TryCreate(url.Value, UriKind.Absolute, out var given) && given.Scheme is "http" or "https"
                ? given
                : throw new ArgumentException($"{url.Name} is '{url.Value}', not a URL such as https://api.datadoghq.com.");
        }

        var host = site.Value ?? "datadoghq.com";
        if (host.StartsWith(WebApplication, StringComparison.OrdinalIgnoreCase))
            host = host[WebApplication.Length..];
        return Uri.CheckHostName(host) is UriHostNameType.Dns && Uri.TryCreate($"https://api.{host}", UriKind.Absolute, out var ofSite)
            ? ofSite
            : throw new ArgumentException($"{site.Name} is '{host}', not a site such as datadoghq.com.");
    }
}
