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

    readonly ConcurrentDictionary<OutcomeUpdate, bool> landed = [];
    readonly ConcurrentDictionary<OutcomeUpdate, bool> unsent = [];
    readonly ConcurrentDictionary<string, bool> refusedRuleIds = new(StringComparer.Ordinal);
    ScorecardApiException? failure;
    volatile bool keysAreRefused;

    public async Task<PublishResult> RunAsync(IEnumerable<OutcomeUpdate> outcomes, CancellationToken cancellationToken)
    {
        // Requests overtake each other, so that of two outcomes for one rule and entity only the last may be sent.
        OutcomeUpdate[] last =
        [
            .. outcomes
                .Reverse()
                .DistinctBy(outcome => (outcome.RuleId, EntityOf(outcome.EntityReference)))
                .Reverse(),
        ];
        // Ordered by rule, an unknown rule spoils few chunks.
        var chunks = last
            .OrderBy(outcome => outcome.RuleId, StringComparer.Ordinal)
            .Chunk(ChunkSize);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxRequestsInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chunks, parallel, async (chunk, token) => await SendAsync(chunk, token).ConfigureAwait(false)).ConfigureAwait(false);

        return new PublishResult(
            [.. last.Where(landed.ContainsKey)], [.. refusedRuleIds.Keys.Order(StringComparer.Ordinal)], [.. last.Where(unsent.ContainsKey)], failure);
    }

    /// <summary>What a reference names, however short it is: the kind is <c>service</c> and the namespace <c>default</c> unless said.</summary>
    static (string Kind, string Namespace, string Name) EntityOf(string reference)
    {
        var (kind, rest) = reference.IndexOf(':') is var colon and >= 0 ? (reference[..colon], reference[(colon + 1)..]) : ("service", reference);
        return rest.IndexOf('/') is var slash and >= 0 ? (kind, rest[..slash], rest[(slash + 1)..]) : (kind, "default", rest);
    }

    async Task SendAsync(OutcomeUpdate[] chunk, CancellationToken cancellationToken)
    {
        chunk = [.. chunk.Where(outcome => !refusedRuleIds.ContainsKey(outcome.RuleId))];
        if (chunk.Length == 0)
            return;
        if (keysAreRefused)
        {
            foreach (var outcome in chunk)
                unsent.TryAdd(outcome, true);
            return;
        }

        try
        {
            await PostAsync(chunk, cancellationToken).ConfigureAwait(false);
            foreach (var outcome in chunk)
                landed.TryAdd(outcome, true);
        }
        catch (ScorecardApiException refused) when (refused.Status == HttpStatusCode.Conflict)
        {
            var rules = chunk.GroupBy(outcome => outcome.RuleId).ToArray();
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
            foreach (var outcome in chunk)
                unsent.TryAdd(outcome, true);
        }
    }

    Task PostAsync(OutcomeUpdate[] chunk, CancellationToken cancellationToken)
    {
        var body = new Document<OutcomeBatch> { Data = new OutcomeBatch(new OutcomeBatchAttributes(chunk)) };
        return connection.SendAsync(
            HttpMethod.Post, OutcomesResource.Path, RequestBody.Create(body, ScorecardJson.Default.DocumentOutcomeBatch),
            isRepeatable: true, cancellationToken, budget);
    }
}
