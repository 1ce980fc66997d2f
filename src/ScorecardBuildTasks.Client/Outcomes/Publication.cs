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

    readonly ConcurrentBag<OutcomeUpdate> landed = [];
    readonly ConcurrentBag<OutcomeUpdate> unsent = [];
    readonly ConcurrentDictionary<string, bool> refusedRuleIds = new(StringComparer.Ordinal);
    ScorecardApiException? failure;

    public async Task<PublishResult> RunAsync(IEnumerable<OutcomeUpdate> outcomes, CancellationToken cancellationToken)
    {
        // Requests overtake each other, so that of two outcomes for one rule and entity only the last may be sent.
        // Ordered by rule, an unknown rule spoils few chunks.
        var chunks = outcomes
            .Reverse()
            .DistinctBy(outcome => (outcome.RuleId, outcome.EntityReference))
            .Reverse()
            .OrderBy(outcome => outcome.RuleId, StringComparer.Ordinal)
            .Chunk(ChunkSize);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxRequestsInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chunks, parallel, async (chunk, token) => await SendAsync(chunk, token).ConfigureAwait(false)).ConfigureAwait(false);

        return new PublishResult([.. landed], [.. refusedRuleIds.Keys.Order(StringComparer.Ordinal)], [.. unsent], failure);
    }

    async Task SendAsync(OutcomeUpdate[] chunk, CancellationToken cancellationToken)
    {
        chunk = [.. chunk.Where(outcome => !refusedRuleIds.ContainsKey(outcome.RuleId))];
        if (chunk.Length == 0)
            return;

        try
        {
            await PostAsync(chunk, cancellationToken).ConfigureAwait(false);
            foreach (var outcome in chunk)
                landed.Add(outcome);
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
            foreach (var outcome in chunk)
                unsent.Add(outcome);
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
