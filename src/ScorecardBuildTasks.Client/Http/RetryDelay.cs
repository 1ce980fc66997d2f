using System.Globalization;
using System.Net;

namespace ScorecardBuildTasks.Client.Http;

/// <summary>How long to wait before the next attempt.</summary>
static class RetryDelay
{
    static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(16);

    /// <summary>More than any call has, and less than a timer can hold.</summary>
    static readonly TimeSpan Never = TimeSpan.FromDays(40);

    /// <param name="failedAttempts">One after the first attempt failed.</param>
    /// <param name="response">The answer, if there was one.</param>
    /// <param name="now">The time that a date in <c>Retry-After</c> is compared with.</param>
    /// <param name="jitter">0 to 1; keeps clients that failed together from coming back together.</param>
    public static TimeSpan Next(int failedAttempts, HttpResponseMessage? response, DateTimeOffset now, double jitter)
    {
        // What the server asks for is the least that may be waited, so jitter only adds to it.
        if (response is not null && AskedFor(response, now) is { } asked)
            return asked + jitter * TimeSpan.FromSeconds(Math.Clamp(asked.TotalSeconds / 4, 0.1, 1));

        var backoff = First * Math.Pow(2, Math.Min(failedAttempts - 1, 10));
        return (backoff < Longest ? backoff : Longest) * (0.5 + jitter / 2);
    }

    static TimeSpan? AskedFor(HttpResponseMessage response, DateTimeOffset now)
    {
        var retryAfter = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => (TimeSpan?)null,
        };
        // Seconds until the limit's period ends, not a time of day; it stands on every answer but matters on a 429 only.
        var reset = response.StatusCode == HttpStatusCode.TooManyRequests
            && response.Headers.TryGetValues("X-RateLimit-Reset", out var values)
            && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= 0
                ? TimeSpan.FromSeconds(Math.Min(seconds, Never.TotalSeconds))
                : (TimeSpan?)null;
        var longer = retryAfter > reset || reset is null ? retryAfter : reset;
        return longer > Never ? Never : longer;
    }
}
