using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client.Http;

/// <summary>Sends requests with credentials, tries again what is worth it, and turns every failure into the one exception.</summary>
sealed class ScorecardConnection
{
    const int MaxRedirects = 5;
    const string LookFirst = "It may have been done all the same: look before you send it again";

    static readonly ProductInfoHeaderValue UserAgent = new(
        "ScorecardBuildTasks.Client", typeof(ScorecardConnection).Assembly.GetName().Version?.ToString(3) ?? "0");

    readonly ScorecardClientOptions options;
    readonly HttpClient http;
    readonly Uri root;

    public ScorecardConnection(ScorecardClientOptions options, HttpClient http)
    {
        this.options = options;
        this.http = http;
        // Without the slash a path in the URL would be replaced instead of extended.
        root = new Uri(options.ApiUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }

    /// <summary>Pages until the total is reached or, where the answer names none, a page is short or empty; its <c>next</c> link never ends.</summary>
    public async IAsyncEnumerable<ListDocument<T>> ListAsync<T>(
        string path, QueryString query, string sizeName, int size, int maxSize, JsonTypeInfo<ListDocument<T>> type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, "PageSize");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, maxSize, "PageSize");
        for (var offset = 0; ;)
        {
            var page = await SendAsync(HttpMethod.Get, path + query.ForPage(sizeName, size, offset), body: null, type, isRepeatable: true, cancellationToken).ConfigureAwait(false);
            yield return page;
            offset += page.Data.Count;
            // A server may answer with less than it was asked for, and say in the total that there is more.
            var isLast = page.Meta is { Total: > 0 and var total } ? offset >= total : page.Data.Count < size;
            if (isLast || page.Data.Count == 0)
                yield break;
        }
    }

    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, RequestBody? body, JsonTypeInfo<T> type, bool isRepeatable, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await ExchangeAsync(method, path, body, isRepeatable, TimeBudget.Start(options), cancellationToken).ConfigureAwait(false);
        return await ReadAsync(method, path, response, json => JsonSerializer.Deserialize(json, type) ?? throw new JsonException("null where a document was expected."), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>For an answer that has no body, or none to go by. A success that is no JSON is not the API's but that of a gateway, and nothing was done.</summary>
    public async Task SendAsync(
        HttpMethod method, string path, RequestBody? body, bool isRepeatable, CancellationToken cancellationToken, TimeBudget? budget = null)
    {
        using var response = await ExchangeAsync(method, path, body, isRepeatable, budget ?? TimeBudget.Start(options), cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            await ReadAsync(method, path, response, json =>
            {
                if (json.Length > 0)
                    JsonDocument.Parse(json).Dispose();
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task<T> ReadAsync<T>(HttpMethod method, string path, HttpResponseMessage response, Func<byte[], T> read, CancellationToken cancellationToken)
    {
        var json = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return read(json);
        }
        catch (JsonException exception)
        {
            throw Failure(method, path, response.StatusCode, [], RequestId(response), $"This is not the Scorecards API's answer; is {root} its address?", exception);
        }
    }

    public ScorecardApiException NotFound(HttpMethod method, string path, string detail) =>
        Failure(method, path, HttpStatusCode.NotFound, [new ScorecardApiError { Status = "404", Title = "Not Found", Detail = detail }], null, null);

    /// <summary>Attempts until one succeeds, one fails for good, or the budget cannot hold another.</summary>
    async Task<HttpResponseMessage> ExchangeAsync(
        HttpMethod method, string path, RequestBody? body, bool isRepeatable, TimeBudget budget, CancellationToken cancellationToken)
    {
        var wasCutOff = false;
        for (var attempt = 1; ; attempt++)
        {
            HttpResponseMessage? response = null;
            Exception? broken = null;
            try
            {
                response = await AttemptAsync(method, path, body, budget, cancellationToken).ConfigureAwait(false);
                options.Trace?.Invoke($"{method} {root}{path} answered {(int)response.StatusCode} (attempt {attempt})");
                // What an earlier attempt deleted before its connection broke is no longer found.
                var isGone = wasCutOff && method == HttpMethod.Delete && response.StatusCode == HttpStatusCode.NotFound;
                if (response.IsSuccessStatusCode || isGone)
                    return response;
            }
            catch (HttpRequestException exception)
            {
                broken = exception;
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                broken = exception;
            }
            wasCutOff |= broken is not null && !NeverLeft(broken);
            if (broken is not null)
                options.Trace?.Invoke($"{method} {root}{path} broke: {options.Redact(broken.Message)} (attempt {attempt})");

            var delay = RetryDelay.Next(attempt, response, options.TimeProvider.GetUtcNow(), Random.Shared.NextDouble());
            if (!IsWorthRepeating(response?.StatusCode, broken, isRepeatable) || delay >= budget.Left)
            {
                using (response)
                    throw await GiveUpAsync(method, path, response, broken, isRepeatable, budget, cancellationToken).ConfigureAwait(false);
            }
            response?.Dispose();
            await Task.Delay(delay, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    static bool IsWorthRepeating(HttpStatusCode? status, Exception? broken, bool isRepeatable) => status switch
    {
        // Refused before it was looked at.
        HttpStatusCode.TooManyRequests => true,
        // A create that was cut off, or answered by a gateway, may have succeeded, and repeated it would exist twice.
        not null when LeavesOpen(status) => isRepeatable,
        not null => false,
        null => (isRepeatable || NeverLeft(broken)) && !IsDistrusted(broken),
    };

    /// <summary>A certificate does not become another one while a build waits.</summary>
    static bool IsDistrusted(Exception? broken) =>
        broken is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException };

    /// <summary>Whether the answer leaves open if the request was carried out.</summary>
    static bool LeavesOpen(HttpStatusCode? status) => status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    /// <summary>What .NET says of a failed TLS connection is to see the inner exception, which is where a certificate is named.</summary>
    static string? CauseOf(Exception? broken) =>
        broken is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner } ? $"no secure connection: {inner.Message}" : broken?.Message;

    static bool NeverLeft(Exception? broken) => broken is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
    };

    async Task<HttpResponseMessage> AttemptAsync(
        HttpMethod method, string path, RequestBody? body, TimeBudget budget, CancellationToken cancellationToken)
    {
        var time = budget.Left < options.AttemptTimeout ? budget.Left : options.AttemptTimeout;
        using var timeout = new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var url = new Uri(root, path);
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(method, url) { Content = body?.ToContent() };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.UserAgent.Add(UserAgent);
            var credentials = CredentialsHandler.Entrust(request, options, root);

            var response = await SendAsync(request, either.Token).ConfigureAwait(false);
            if (!credentials.WereShown)
            {
                response.Dispose();
                throw new InvalidOperationException("The HTTP client that was passed in was given no keys, since it might carry them elsewhere: make its handler with ScorecardClient.CreateHandler.");
            }
            if (Redirect(method, response, redirects) is not { } next)
                return response;
            response.Dispose();
            url = next;
        }
    }

    /// <summary>With the whole answer. One whose compression is broken is as good as one that was cut off.</summary>
    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfDecompression(exception))
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"a compressed answer that cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Whether an answer could not be decompressed: Brotli's stream throws what a handler might, too.</summary>
    static bool IsOfDecompression(Exception exception) =>
        exception is InvalidDataException or InvalidOperationException { Source: "System.IO.Compression.Brotli" };

    /// <summary>Where to go next, or null if this answer is the answer. The keys go to the host they were meant for and to no other.</summary>
    Uri? Redirect(HttpMethod method, HttpResponseMessage response, int redirects)
    {
        var asked = response.RequestMessage?.RequestUri;
        if (asked is not null && !IsRootsHost(asked))
        {
            throw Failure(method, asked.AbsolutePath, response.StatusCode, [], null,
                $"The HTTP client that was passed in followed a redirect to {asked.Host} by itself and took the keys along: replace the keys, and make its handler with ScorecardClient.CreateHandler");
        }

        var isRedirect = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            || (method == HttpMethod.Get && response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found);
        if (!isRedirect || response.Headers.Location is not { } location || redirects == MaxRedirects)
            return null;

        var next = new Uri(asked ?? root, location);
        return IsRootsHost(next)
            ? next
            : throw Failure(method, (asked ?? root).AbsolutePath, response.StatusCode, [], null,
                $"It redirects to {next.GetLeftPart(UriPartial.Authority)}, which the keys are not sent to; if that is the API, set SCORECARD_API_URL to it");
    }

    bool IsRootsHost(Uri url) => url.Scheme == root.Scheme && url.Authority == root.Authority;

    async Task<ScorecardApiException> GiveUpAsync(
        HttpMethod method, string path, HttpResponseMessage? response, Exception? broken, bool isRepeatable, TimeBudget budget, CancellationToken cancellationToken)
    {
        if (response is not null)
        {
            var errors = await ErrorAnswer.ReadAsync(response.Content, options.Redact, cancellationToken).ConfigureAwait(false);
            var help = !isRepeatable && LeavesOpen(response.StatusCode) ? LookFirst : ErrorAnswer.Hint(response.StatusCode, root);
            return Failure(method, path, response.StatusCode, errors, RequestId(response), help);
        }

        var reason = broken is OperationCanceledException ? $"none within {budget.Total.TotalSeconds:0.###} s" : CauseOf(broken);
        var hint = isRepeatable || NeverLeft(broken)
            ? $"Is {root} its address, and up?"
            : LookFirst;
        return Failure(method, path, null, [new ScorecardApiError { Title = options.Redact(reason) }], null, hint, broken);
    }

    ScorecardApiException Failure(
        HttpMethod method, string path, HttpStatusCode? status, IReadOnlyList<ScorecardApiError> errors, string? requestId, string? hint, Exception? inner = null) =>
        new($"{method} {new Uri(root, path)}", status, errors, requestId, hint, inner);

    static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var ids) || response.Headers.TryGetValues("DD-Request-Id", out ids) ? ids.First() : null;
}
