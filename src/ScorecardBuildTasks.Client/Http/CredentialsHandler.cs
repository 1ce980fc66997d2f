using System.Net.Http.Headers;

namespace ScorecardBuildTasks.Client.Http;

/// <summary>
/// Puts the credentials on a request, at the last moment and for the API's host alone. What is above it in an HTTP client never
/// sees them; what is below must not follow redirects, since it would take them along.
/// </summary>
sealed class CredentialsHandler : DelegatingHandler
{
    static readonly HttpRequestOptionsKey<Credentials> Key = new("ScorecardBuildTasks.Client.Credentials");

    public CredentialsHandler(HttpMessageHandler inner)
        : base(inner)
    {
        if (FollowsRedirects)
            throw new ArgumentException($"{inner.GetType().Name} follows redirects by itself and would take the keys along: set its AllowAutoRedirect to false.", nameof(inner));
    }

    bool FollowsRedirects
    {
        get
        {
            var handler = InnerHandler;
            while (handler is DelegatingHandler { InnerHandler: var next })
                handler = next;
            return handler is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true };
        }
    }

    /// <summary>Lets this handler, if the request passes one, put the credentials on it.</summary>
    public static Credentials Entrust(HttpRequestMessage request, ScorecardClientOptions options, Uri root)
    {
        var credentials = new Credentials(options, root);
        request.Options.Set(Key, credentials);
        return credentials;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Key, out var credentials))
            return base.SendAsync(request, cancellationToken);
        // Either can change after the handler was made: the property until the first request, the URL by a handler above.
        if (FollowsRedirects)
            throw new InvalidOperationException("The handler below this one was set to follow redirects, which would take the keys along.");
        if (request.RequestUri is not { } url || !credentials.BelongTo(url))
            throw new InvalidOperationException($"A handler of the HTTP client that was passed in turned the request to {request.RequestUri?.Host}, which the keys are not sent to.");
        credentials.PutOn(request.Headers);
        return base.SendAsync(request, cancellationToken);
    }

    /// <summary>What one request shows at the API's host.</summary>
    public sealed class Credentials(ScorecardClientOptions options, Uri root)
    {
        /// <summary>False where the request met no handler of ours.</summary>
        public bool WereShown { get; private set; }

        public bool BelongTo(Uri url) => url.Scheme == root.Scheme && url.Authority == root.Authority;

        public void PutOn(HttpRequestHeaders headers)
        {
            WereShown = true;
            if (!string.IsNullOrEmpty(options.BearerToken))
            {
                headers.Authorization = new AuthenticationHeaderValue("Bearer", options.BearerToken);
                return;
            }
            // A handler above may send the same request again.
            headers.Remove("DD-API-KEY");
            headers.Remove("DD-APPLICATION-KEY");
            headers.Add("DD-API-KEY", options.ApiKey);
            headers.Add("DD-APPLICATION-KEY", options.ApplicationKey);
        }
    }
}
