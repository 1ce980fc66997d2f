using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Server.Api;

namespace ScorecardBuildTasks.Server.Limits;

/// <summary>Counts the requests of each caller in the current period and tells the count in the documented headers. Each replica counts for itself.</summary>
sealed class RateLimiter(RateLimit limit, TimeProvider timeProvider)
{
    Window current = new(0);

    /// <summary>Whether the request may go on; if not, it has been answered.</summary>
    public async Task<bool> AdmitAsync(HttpContext context, string caller)
    {
        var ticks = timeProvider.GetUtcNow().UtcTicks;
        var window = WindowAt(ticks / limit.Period.Ticks);
        var count = window.Counts.AddOrUpdate(caller, 1, static (_, before) => before + 1);
        var untilReset = TimeSpan.FromTicks(limit.Period.Ticks - ticks % limit.Period.Ticks);

        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = Text(limit.Requests);
        headers["X-RateLimit-Period"] = Text(limit.Period.TotalSeconds);
        headers["X-RateLimit-Remaining"] = Text(Math.Max(0, limit.Requests - count));
        headers["X-RateLimit-Reset"] = Text(Math.Ceiling(untilReset.TotalSeconds));
        headers["X-RateLimit-Name"] = "scorecard";
        if (count <= limit.Requests)
            return true;
        await context.Response.WriteEdgeErrorAsync(429, "Too many requests");
        return false;
    }

    /// <summary>The counts of the period, empty when it has just begun.</summary>
    Window WindowAt(long number)
    {
        for (var seen = Volatile.Read(ref current); seen.Number < number; seen = Volatile.Read(ref current))
            Interlocked.CompareExchange(ref current, new Window(number), seen);
        return current;
    }

    static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    sealed record Window(long Number)
    {
        public ConcurrentDictionary<string, int> Counts { get; } = new();
    }
}
