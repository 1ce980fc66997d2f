using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using Outcome = ScorecardBuildTasks.Evaluation.Outcome;
using OutcomeState = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tasks;

/// <summary>
/// Sends outcomes documents to the API. It never creates or changes a rule: three hundred repositories would race, and the API does not refuse duplicates.
/// It sends what the API does not say already, and leaves alone what a newer commit said.
/// </summary>
/// <remarks>Requests for one service of n rules: ⌈rules / 100⌉ to list the rules (none with a lock file), ⌈n / 100⌉ to read its outcomes, ⌈n / 100⌉ to write;
/// one more where the last page of a listing is full, since the API does not say that it is the last. Outcomes are read no further than to the last one asked for; but they come in no
/// order, and no filter takes several rules, so where others write outcomes of the service too, m in all, up to ⌈m / 100⌉ requests read them.</remarks>
/// <param name="lockFile">Rule ids known beforehand; without it the rules are listed once.</param>
/// <param name="listed">What a listing found before; it counts where there is no lock file.</param>
public sealed class Publisher(ScorecardClient client, LockFile? lockFile, IReadOnlyList<LockedRule>? listed = null)
{
    const string ServiceKind = "service:";

    /// <summary>What a request takes.</summary>
    const int Page = 100;

    /// <summary>Between two readings of what the API has yet to store; each is twice the one before.</summary>
    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    volatile bool hasAnswered;

    /// <summary>A folder of the repository whose commits the documents name, where one is at hand.</summary>
    public string? Repository { get; init; }

    /// <summary>How many entities are read at the same time.</summary>
    public int MaxRequestsInFlight { get; init; } = new ScorecardClientOptions().MaxRequestsInFlight;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What to say where the time is up.</summary>
    /// <param name="within">Such as <c>10 s</c>.</param>
    public string Late(string host, string within) => $"{(hasAnswered ? $"{host} answered, but not everything" : $"no answer from {host}")} within {within}";

    /// <summary>
    /// Publishes what was evaluated; what cannot be published is told in the result, not thrown. Entities are read and written in batches, so that what is written stays so
    /// where the rest fails or comes too late.
    /// </summary>
    /// <param name="documents">One for each entity, besides those that are held back.</param>
    /// <exception cref="ScorecardApiException">The rules could not be read.</exception>
    /// <exception cref="OperationCanceledException">Time was up, or the build was cancelled, before the rules were read.</exception>
    public async Task<Published> PublishAsync(IReadOnlyList<OutcomesDocument> documents, CancellationToken cancellationToken)
    {
        var messages = new List<BuildMessage>();
        var evaluated = Evaluated(documents);
        if (evaluated.Count == 0)
            return new Published([], [], [], 0, messages, null);

        var rules = await RulesAsync(cancellationToken).ConfigureAwait(false);
        if (lockFile is null)
            messages.AddRange(Ambiguous(rules, evaluated.Select(pair => pair.Outcome)));
        var known = evaluated.Select(pair => (pair.Document, pair.Outcome, RuleId: LockedRule.FindId(rules, pair.Outcome.Scorecard, pair.Outcome.Rule))).ToArray();
        var missing = known.Where(outcome => outcome.RuleId is null).Select(outcome => (outcome.Outcome.Scorecard, outcome.Outcome.Rule)).ToHashSet();
        List<OutcomeUpdate> landed = [], unchanged = [], superseded = [];
        var refusedIds = new HashSet<string>(StringComparer.Ordinal);
        var order = new CommitOrder(Repository);
        ScorecardApiException? failure = null;
        var isLate = false;
        foreach (var batch in Batches(known.Where(outcome => outcome.RuleId is not null).GroupBy(outcome => outcome.Document, outcome => (outcome.Outcome, outcome.RuleId!))))
        {
            try
            {
                var updates = await ComparedAsync(batch).ConfigureAwait(false);
                var result = updates.Count == 0 ? null : await client.Outcomes.PublishAsync(updates, cancellationToken).ConfigureAwait(false);
                landed.AddRange(result?.Landed ?? []);
                refusedIds.UnionWith(result?.RefusedRuleIds ?? []);
                failure = result?.Failure;
            }
            catch (ScorecardApiException e)
            {
                failure = e;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                isLate = true;
            }

            isLate |= failure?.InnerException is OperationCanceledException;
            if (isLate || failure is not null)
                break;
        }

        var refused = rules.Where(rule => refusedIds.Contains(rule.Id)).Select(rule => (rule.Scorecard, rule.Name)).ToHashSet();
        // Of what was listed, a rule may have been removed meanwhile.
        if (lockFile is null)
            missing.UnionWith(refused);
        else if (refused.Count > 0)
            messages.Add(Missing(refused, areRefused: true));
        if (missing.Count > 0)
            messages.Add(Missing(missing, areRefused: false));
        return new Published(landed, unchanged, superseded, evaluated.Count, messages, failure?.Message) { Rules = rules, IsLate = isLate };

        async Task<IReadOnlyList<OutcomeUpdate>> ComparedAsync(IReadOnlyList<IGrouping<OutcomesDocument, (Outcome Outcome, string RuleId)>> batch)
        {
            var updates = new List<OutcomeUpdate>();
            var there = await ReadAllAsync(batch.Select(entity => (entity.Key.Entity.Reference, entity.Select(pair => pair.RuleId))), cancellationToken).ConfigureAwait(false);
            foreach (var (entity, states) in batch.Zip(there))
            {
                foreach (var (outcome, id) in entity.Where(pair => !refusedIds.Contains(pair.RuleId)))
                {
                    var revision = entity.Key.Revision;
                    var update = new OutcomeUpdate(id, entity.Key.Entity.Reference, new(Report.Name(outcome.State)), Report.Remarks(outcome, revision));
                    var said = states.GetValueOrDefault(id);
                    (said?.State == update.State && CommitMark.Of(revision) is { } mark && mark == CommitMark.Parse(said?.Remarks) ? unchanged
                        : order.IsOfNewer(said, revision, cancellationToken) ? superseded
                        : updates).Add(update);
                }
            }

            return updates;
        }
    }

    /// <summary>The states that the API has of what documents evaluate, in their order, by the key of the rule: each rule is found as a publish finds it.</summary>
    /// <exception cref="ScorecardApiException">The rules or the outcomes could not be read.</exception>
    /// <exception cref="OperationCanceledException"/>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> StatesAsync(IReadOnlyList<OutcomesDocument> documents, CancellationToken cancellationToken)
    {
        var rules = await RulesAsync(cancellationToken).ConfigureAwait(false);
        var known = documents.Select(document =>
            (document.Entity.Reference, Keys: document.Outcomes.Select(outcome => (outcome.Key, Id: LockedRule.FindId(rules, outcome.Scorecard, outcome.Rule)!)).Where(pair => pair.Id is not null).ToArray())).ToArray();
        var there = await ReadAllAsync(known.Select(entity => (entity.Reference, entity.Keys.Select(pair => pair.Id))), cancellationToken).ConfigureAwait(false);
        return [.. known.Zip(there, (entity, states) => entity.Keys.ToDictionary(pair => pair.Key, pair => states.GetValueOrDefault(pair.Id)?.State?.Value, StringComparer.Ordinal))];
    }

    /// <summary>As many entities as fill the requests that one write has under way.</summary>
    IEnumerable<IReadOnlyList<IGrouping<OutcomesDocument, (Outcome Outcome, string RuleId)>>> Batches(IEnumerable<IGrouping<OutcomesDocument, (Outcome Outcome, string RuleId)>> entities)
    {
        var batch = new List<IGrouping<OutcomesDocument, (Outcome, string)>>();
        var outcomes = 0;
        foreach (var entity in entities)
        {
            outcomes += entity.Count();
            if (batch.Count > 0 && outcomes > MaxRequestsInFlight * Page)
            {
                yield return batch;
                (batch, outcomes) = ([], entity.Count());
            }

            batch.Add(entity);
        }

        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>One message for all of them. A lock file that is out of date is no reason to say what the API has.</summary>
    BuildMessage Missing(IReadOnlyCollection<(string Scorecard, string Rule)> rules, bool areRefused)
    {
        var which = $"{(rules.Count == 1 ? "a rule" : $"{rules.Count} rules")}, whose outcomes are therefore not published";
        return new(BuildMessage.RuleIsMissing, lockFile switch
        {
            null => $"the API lacks {which}; create what is missing with 'scorecard rules apply': {Names(rules)}",
            _ when areRefused => $"the API does not know what {lockFile.Source} has as id of {which}; write the file anew with 'scorecard rules apply': {Names(rules)}",
            _ => $"{lockFile.Source} lacks {which}; write the file anew with 'scorecard rules apply', which creates what the API lacks: {Names(rules)}",
        });
    }

    static string Names(IEnumerable<(string Scorecard, string Rule)> rules) => string.Join("; ", rules
        .GroupBy(rule => rule.Scorecard, rule => $"'{rule.Rule}'", StringComparer.Ordinal)
        .OrderBy(names => names.Key, StringComparer.Ordinal)
        .Select(names => $"{string.Join(", ", names.Order(StringComparer.Ordinal))} in the scorecard '{names.Key}'"));

    /// <summary>Reads back until the API says what was published, since it accepts outcomes before it stores them.</summary>
    /// <param name="cancellationToken">Ends it where the time is up: the last reading is then the answer.</param>
    /// <returns>A line for every outcome that is not what was published.</returns>
    /// <exception cref="ScorecardApiException">The outcomes could not be read.</exception>
    /// <exception cref="OperationCanceledException">They were not read even once.</exception>
    public async Task<IReadOnlyList<string>> VerifyAsync(Published published, CancellationToken cancellationToken)
    {
        var different = await DifferentAsync(published.Landed.Concat(published.Unchanged), cancellationToken).ConfigureAwait(false);
        for (var wait = FirstWait; different.Count > 0; wait = wait < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await Task.Delay(wait, Time, cancellationToken).ConfigureAwait(false);
                different = await DifferentAsync(different.Select(pair => pair.Update), cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return [.. different.Select(pair => pair.Line)];
    }

    /// <summary>What the API says otherwise now, and a line of how it reads.</summary>
    async Task<IReadOnlyList<(OutcomeUpdate Update, string Line)>> DifferentAsync(IEnumerable<OutcomeUpdate> updates, CancellationToken cancellationToken)
    {
        var entities = updates.GroupBy(update => update.EntityReference, StringComparer.Ordinal).ToArray();
        var there = await ReadAllAsync(entities.Select(entity => (entity.Key, entity.Select(update => update.RuleId))), cancellationToken).ConfigureAwait(false);
        return
        [
            .. from entity in entities.Zip(there)
               from update in entity.First
               let now = entity.Second.GetValueOrDefault(update.RuleId)
               where now?.State != update.State
               select (update, $"{update.EntityReference}: rule {update.RuleId} was sent as {update.State} and {(now is null ? "is not there" : $"reads {now.State}")}"),
        ];
    }

    /// <summary>What is worth one warning before anything is sent there; null where nothing is.</summary>
    public static BuildMessage? ConcernAbout(ScorecardClientOptions options) =>
        options.IsSiteSupported ? null
        : new BuildMessage(BuildMessage.SiteIsNotSupported, $"the API's documentation says that scorecards are not supported on {options.ApiUrl.Host}; the outcomes are sent all the same");

    static IReadOnlyList<(OutcomesDocument Document, Outcome Outcome)> Evaluated(IReadOnlyList<OutcomesDocument> documents) =>
    [
        .. documents
            .Where(document => document.Held is null)
            .SelectMany(document => document.Outcomes.Where(outcome => outcome.State != OutcomeState.NotEvaluated).Select(outcome => (document, outcome))),
    ];

    /// <summary>The entity as the API's filter takes it: services go without their kind.</summary>
    public static string NameOf(string entity) => entity.StartsWith(ServiceKind, StringComparison.Ordinal) ? entity[ServiceKind.Length..] : entity;

    /// <summary>What the API says about entities, in their order, by rule id: several are read at a time, and none after the first that fails.</summary>
    /// <exception cref="ScorecardApiException">One could not be read.</exception>
    async Task<IReadOnlyList<IReadOnlyDictionary<string, OutcomeAttributes>>> ReadAllAsync(IEnumerable<(string Entity, IEnumerable<string> RuleIds)> entities, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var free = new SemaphoreSlim(MaxRequestsInFlight);
        return await System.Threading.Tasks.Task.WhenAll(entities.Select(ReadInTurnAsync)).ConfigureAwait(false);

        async Task<IReadOnlyDictionary<string, OutcomeAttributes>> ReadInTurnAsync((string Entity, IEnumerable<string> RuleIds) one)
        {
            await free.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                return await ReadAsync(one.Entity, one.RuleIds, stop.Token).ConfigureAwait(false);
            }
            catch (ScorecardApiException)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                free.Release();
            }
        }
    }

    /// <summary>What the API says about an entity, by rule id.</summary>
    /// <param name="ruleIds">The rules that matter; when all were seen, no further page is asked for, and none where there are none.</param>
    async Task<Dictionary<string, OutcomeAttributes>> ReadAsync(string entity, IEnumerable<string> ruleIds, CancellationToken cancellationToken)
    {
        var left = ruleIds.ToHashSet(StringComparer.Ordinal);
        var outcomes = new Dictionary<string, OutcomeAttributes>(StringComparer.Ordinal);
        if (left.Count == 0)
            return outcomes;
        var filter = new OutcomeFilter { ServiceName = NameOf(entity) };
        await foreach (var outcome in client.Outcomes.ListAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (outcome.Relationships?.Rule is not { Data.Id: var id } || !left.Remove(id))
                continue;
            outcomes[id] = outcome.Attributes;
            if (left.Count == 0)
                break;
        }

        hasAnswered = true;
        return outcomes;
    }

    /// <summary>The rules that are known beforehand, else one listing, the oldest first: of two rules of one name that one is meant.</summary>
    async Task<IReadOnlyList<LockedRule>> RulesAsync(CancellationToken cancellationToken)
    {
        if ((lockFile?.Rules ?? listed) is { } known)
            return known;
        var rules = new List<Rule>();
        await foreach (var rule in client.Rules.ListAsync(new RuleFilter { Custom = true }, cancellationToken).ConfigureAwait(false))
            rules.Add(rule);
        hasAnswered = true;
        return [.. rules.OrderBy(rule => rule.Attributes.CreatedAt).Select(rule => new LockedRule(rule.Attributes.ScorecardName, rule.Attributes.Name, rule.Id))];
    }

    /// <summary>What others have twice in the API is not this publish's matter.</summary>
    static IEnumerable<BuildMessage> Ambiguous(IEnumerable<LockedRule> rules, IEnumerable<Outcome> outcomes)
    {
        var used = outcomes.Select(outcome => (outcome.Scorecard, outcome.Rule)).ToHashSet();
        return
            from rule in rules
            group rule.Id by (rule.Scorecard, rule.Name) into ids
            where ids.Count() > 1 && used.Contains(ids.Key)
            select new BuildMessage(BuildMessage.RuleIsAmbiguous, Namesakes(ids.Key.Scorecard, ids.Key.Name, [.. ids]));
    }

    /// <param name="ids">The oldest first.</param>
    public static string Namesakes(string scorecard, string name, IReadOnlyList<string> ids) =>
        $"the API has {ids.Count} rules '{name}' in the scorecard '{scorecard}' ({string.Join(", ", ids)}); the oldest, {ids[0]}, is used. Delete the others";
}

/// <summary>What became of a publish.</summary>
/// <param name="Landed">Accepted by the API.</param>
/// <param name="Unchanged">Not sent: the API says the same already, for the same commit.</param>
/// <param name="Superseded">Not sent: the API has the outcome of a newer commit.</param>
/// <param name="Evaluated">How many outcomes there were to publish.</param>
/// <param name="Messages">What the user should do about the rest.</param>
/// <param name="Failure">Why not everything was sent; null when nothing failed.</param>
public sealed record Published(
    IReadOnlyList<OutcomeUpdate> Landed,
    IReadOnlyList<OutcomeUpdate> Unchanged,
    IReadOnlyList<OutcomeUpdate> Superseded,
    int Evaluated,
    IReadOnlyList<BuildMessage> Messages,
    string? Failure)
{
    /// <summary>The rules that were gone by; null where none were needed.</summary>
    public IReadOnlyList<LockedRule>? Rules { get; init; }

    /// <summary>The time was up, or the build was cancelled, before all was done.</summary>
    public bool IsLate { get; init; }

    /// <summary>Nothing is left to be sent later.</summary>
    public bool IsComplete => Landed.Count + Unchanged.Count + Superseded.Count == Evaluated;

    /// <summary>What became of one entity's outcomes, or of all: <c>4 of 6 outcomes published, 2 unchanged</c>.</summary>
    /// <param name="entity">The entity's reference; null for all.</param>
    /// <param name="evaluated">How many outcomes it has.</param>
    public string Describe(string? entity, int evaluated)
    {
        var (landed, unchanged, superseded) = (Count(Landed), Count(Unchanged), Count(Superseded));
        return $"{landed} of {evaluated} outcomes published{(unchanged > 0 ? $", {unchanged} unchanged" : "")}{(superseded > 0 ? $", {superseded} left as a newer commit has them" : "")}";

        int Count(IReadOnlyList<OutcomeUpdate> updates) => entity is null ? updates.Count : updates.Count(update => update.EntityReference == entity);
    }
}
