using System.Collections.Concurrent;
using System.Net;
using ScorecardBuildTasks.Client.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>One publish: chunks in flight, and a refused chunk halved until the unknown rules stand alone.</summary>
sealed class Publication(ScorecardConnection connection, TimeBudget budget, int maxRequestsInFlight)
{
    /// <summary>The API documents no maximum; 100 is what its users name.</summary>
    const int ChunkSize = 100;

    readonly ConcurrentDictionary<string, bool> refusedRuleIds = new(StringComparer.Ordinal);
    OutcomeUpdate[] outcomes = [];

    /// <summary>Of each outcome, by its index: what is known of a hundred thousand of them takes no more than they do.</summary>
    Fate[] fates = [];
    ScorecardApiException? failure;
    volatile bool keysAreRefused;

    public async Task<PublishResult> RunAsync(IEnumerable<OutcomeUpdate> given, CancellationToken cancellationToken)
    {
        outcomes = LastOfEach(given);
        fates = new Fate[outcomes.Length];
        var chunks = ByRule().Chunk(ChunkSize);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxRequestsInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chunks, parallel, async (chunk, token) => await SendAsync(chunk, token).ConfigureAwait(false)).ConfigureAwait(false);

        return new PublishResult(
            Those(Fate.Landed), [.. refusedRuleIds.Keys.Order(StringComparer.Ordinal)], Those(Fate.Unsent), failure);
    }

    /// <summary>Requests overtake each other, so that of two outcomes for one rule and entity only the last may be sent.</summary>
    static OutcomeUpdate[] LastOfEach(IEnumerable<OutcomeUpdate> given)
    {
        OutcomeUpdate[] all = [.. given];
        var seen = new HashSet<OutcomeUpdate>(all.Length, SameSubject.Instance);
        var first = all.Length;
        for (var index = all.Length - 1; index >= 0; index--)
        {
            if (seen.Add(all[index]))
                all[--first] = all[index];
        }

        return first == 0 ? all : all[first..];
    }

    /// <summary>Their indexes; ordered so, an unknown rule spoils few chunks.</summary>
    int[] ByRule()
    {
        var indexes = Enumerable.Range(0, outcomes.Length).ToArray();
        Array.Sort(indexes, (one, other) => string.CompareOrdinal(outcomes[one].RuleId, outcomes[other].RuleId) is var order and not 0 ? order : one.CompareTo(other));
        return indexes;
    }

    OutcomeUpdate[] Those(Fate fate) => [.. outcomes.Where((_, index) => fates[index] == fate)];

    void Mark(int[] chunk, Fate fate)
    {
        foreach (var index in chunk)
            fates[index] = fate;
    }

    async Task SendAsync(int[] chunk, CancellationToken cancellationToken)
    {
        chunk = [.. chunk.Where(index => !refusedRuleIds.ContainsKey(outcomes[index].RuleId))];
        if (chunk.Length == 0)
            return;
        if (keysAreRefused)
        {
            Mark(chunk, Fate.Unsent);
            return;
        }

        try
        {
            await PostAsync([.. chunk.Select(index => outcomes[index])], cancellationToken).ConfigureAwait(false);
            Mark(chunk, Fate.Landed);
        }
        catch (ScorecardApiException refused) when (refused.Status == HttpStatusCode.Conflict)
        {
            var rules = chunk.GroupBy(index => outcomes[index].RuleId).ToArray();
            if (rules is [var rule])
            {
                refusedRuleIds.TryAdd(rule.Key, true);
                return;
            }
            var half = rules.Length / 2;
            await SendAsync([.. rules.Take(half).SelectMany(group => group)], cancellationToken).ConfigureAwait(false);
            await SendAsync([.. rules.Skip(half).SelectMany(group => group)], cancellationToken).ConfigureAwait(false);
        }
        catch (ScorecardApiException exception)
        {
            Interlocked.CompareExchange(ref failure, exception, null);
            // What one request may not, the others may not either.
            if (exception.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                keysAreRefused = true;
            Mark(chunk, Fate.Unsent);
        }
    }

    Task PostAsync(OutcomeUpdate[] chunk, CancellationToken cancellationToken)
    {
        var body = new Document<OutcomeBatch> { Data = new OutcomeBatch(new OutcomeBatchAttributes(chunk)) };
        return connection.SendAsync(
            HttpMethod.Post, OutcomesResource.Path, RequestBody.Create(body, ScorecardJson.Default.DocumentOutcomeBatch),
            isRepeatable: true, cancellationToken, budget);
    }

    enum Fate : byte
    {
        /// <summary>Not yet; in the end its rule is one that the API does not know.</summary>
        None,

        Landed,
        Unsent,
    }
}
