using System.Runtime.CompilerServices;
using System.Text.Json;
using ScorecardBuildTasks.Client.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>The outcomes of rules for entities.</summary>
public sealed class OutcomesResource
{
    internal const string Path = "api/v2/scorecard/outcomes";

    readonly ScorecardConnection connection;
    readonly ScorecardClientOptions options;

    internal OutcomesResource(ScorecardConnection connection, ScorecardClientOptions options)
    {
        this.connection = connection;
        this.options = options;
    }

    /// <summary>All outcomes that match, in no particular order; pages are fetched as they are needed.</summary>
    /// <exception cref="ScorecardApiException"/>
    /// <exception cref="ArgumentOutOfRangeException">The filter's page size is not one that the API takes.</exception>
    public async IAsyncEnumerable<Outcome> ListAsync(
        OutcomeFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= new OutcomeFilter();
        var query = new QueryString()
            .Add("include", filter.IncludeRule ? "rule" : null)
            .Add("fields[outcome]", filter.Fields)
            .Add("fields[rule]", filter.RuleFields)
            .Add("filter[outcome][service_name]", filter.ServiceName)
            .Add("filter[outcome][state]", filter.State?.Value)
            .Add("filter[rule][enabled]", filter.RuleEnabled)
            .Add("filter[rule][id]", filter.RuleId)
            .Add("filter[rule][name]", filter.RuleName);
        var pages = connection.ListAsync(Path, query, "page[size]", filter.PageSize, maxSize: 100, ScorecardJson.Default.ListDocumentOutcome, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            var rules = page.Included?
                .Where(resource => resource.GetProperty("type").ValueEquals("rule"))
                .Select(resource => resource.Deserialize(ScorecardJson.Default.Rule)!)
                .ToDictionary(rule => rule.Id, rule => rule.Attributes);
            foreach (var outcome in page.Data)
            {
                yield return rules is not null && outcome.Relationships?.Rule is { Data.Id: var id }
                    ? outcome with { Rule = rules.GetValueOrDefault(id) }
                    : outcome;
            }
        }
    }

    /// <summary>
    /// Publishes any number of outcomes: requests of a hundred, several in flight, all within one
    /// <see cref="ScorecardClientOptions.TotalTimeout"/>. One unknown rule makes the API refuse a whole request, so refused
    /// ones are halved until the unknown rules are alone and the rest has landed. A failure is told in the result, not thrown.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; some outcomes may have landed.</exception>
    public Task<PublishResult> PublishAsync(IEnumerable<OutcomeUpdate> outcomes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var budget = TimeBudget.Start(options);
        return new Publication(connection, budget, options.MaxRequestsInFlight).RunAsync(outcomes, cancellationToken);
    }

    /// <summary>
    /// Sends a batch of at most a hundred for services and waits until it is stored. The API has deprecated this operation and may
    /// withdraw it: prefer <see cref="PublishAsync"/>.
    /// </summary>
    /// <exception cref="ScorecardApiException">None of them was stored.</exception>
    public async Task<ServiceOutcomesResult> AddAsync(IReadOnlyList<ServiceOutcome> outcomes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var body = new Document<ServiceOutcomeBatch> { Data = new ServiceOutcomeBatch(new ServiceOutcomeBatchAttributes(outcomes)) };
        // Repeated, it would only overwrite what it wrote.
        var answer = await connection.SendAsync(
            HttpMethod.Post, $"{Path}/batch", RequestBody.Create(body, ScorecardJson.Default.DocumentServiceOutcomeBatch),
            ScorecardJson.Default.BatchDocumentOutcome, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        return new ServiceOutcomesResult(
            answer.Data, answer.Meta?.TotalReceived ?? outcomes.Count, answer.Meta?.TotalUpdated ?? answer.Meta?.TotalStaged ?? answer.Data.Count);
    }
}
