using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Evaluation;
using Outcome = ScorecardBuildTasks.Evaluation.Outcome;
using OutcomeState = ScorecardBuildTasks.Evaluation.OutcomeState;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Sends outcomes documents to the API. It never creates or changes a rule: three hundred repositories would race, and the API does not refuse duplicates.</summary>
/// <param name="lockFile">Rule ids known beforehand; without it the rules are listed once.</param>
public sealed class Publisher(ScorecardClient client, LockFile? lockFile)
{
    /// <summary>Publishes what was evaluated; what cannot be published is told in the result, not thrown.</summary>
    /// <exception cref="ScorecardApiException">The rules could not be listed.</exception>
    /// <exception cref="OperationCanceledException">Time is up, or the build was cancelled.</exception>
    public async Task<Published> PublishAsync(IReadOnlyList<OutcomesDocument> documents, CancellationToken cancellationToken)
    {
        var messages = new List<BuildMessage>();
        var evaluated = documents
            .GroupBy(document => document.Entity.Reference, StringComparer.Ordinal)
            .Select(group => OutcomesDocument.Merge([.. group]))
            .Where(document => document.Held is null)
            .SelectMany(document => document.Outcomes.Where(outcome => outcome.State != OutcomeState.NotEvaluated).Select(outcome => (Document: document, Outcome: outcome)))
            .ToArray();
        if (evaluated.Length == 0)
            return new Published([], 0, messages, null);

        var ids = lockFile is null ? await ListRulesAsync(messages, cancellationToken).ConfigureAwait(false) : lockFile.FindId;
        var updates = new List<OutcomeUpdate>();
        var missing = new HashSet<(string Scorecard, string Rule)>();
        foreach (var (document, outcome) in evaluated)
        {
            if (ids(outcome.Scorecard, outcome.Rule) is { } id)
                updates.Add(new OutcomeUpdate(id, document.Entity.Reference, new(Report.Name(outcome.State)), Report.Remarks(outcome, document.Revision)));
            else
                missing.Add((outcome.Scorecard, outcome.Rule));
        }

        var result = await client.Outcomes.PublishAsync(updates, cancellationToken).ConfigureAwait(false);
        foreach (var refused in lockFile?.Rules.Where(rule => result.RefusedRuleIds.Contains(rule.Id)) ?? [])
            missing.Add((refused.Scorecard, refused.Name));
        foreach (var (scorecard, rule) in missing.OrderBy(rule => rule.Scorecard, StringComparer.Ordinal).ThenBy(rule => rule.Rule, StringComparer.Ordinal))
            messages.Add(new BuildMessage(BuildMessage.RuleIsMissing, $"the API has no rule '{rule}' in the scorecard '{scorecard}', so its outcomes are not published; create it with 'scorecard rules apply'"));
        return new Published(result.Landed, evaluated.Length, messages, result.Failure?.Message);
    }

    /// <summary>One listing, by (scorecard, name); of two rules of one name the older one is meant.</summary>
    async Task<Func<string, string, string?>> ListRulesAsync(List<BuildMessage> messages, CancellationToken cancellationToken)
    {
        var rules = new Dictionary<(string, string), Rule>();
        await foreach (var rule in client.Rules.ListAsync(new RuleFilter { Custom = true }, cancellationToken).ConfigureAwait(false))
        {
            var key = (rule.Attributes.ScorecardName, rule.Attributes.Name);
            if (rules.TryGetValue(key, out var other))
            {
                var older = Nullable.Compare(rule.Attributes.CreatedAt, other.Attributes.CreatedAt) < 0 ? rule : other;
                messages.Add(new BuildMessage(BuildMessage.RuleIsAmbiguous, $"the API has two rules '{rule.Attributes.Name}' in the scorecard '{rule.Attributes.ScorecardName}' ({other.Id} and {rule.Id}); the older one, {older.Id}, is used. Delete the other"));
                rules[key] = older;
            }
            else
            {
                rules.Add(key, rule);
            }
        }

        return (scorecard, name) => rules.GetValueOrDefault((scorecard, name))?.Id;
    }
}

/// <summary>What became of a publish.</summary>
/// <param name="Landed">Accepted by the API.</param>
/// <param name="Evaluated">How many outcomes there were to publish.</param>
/// <param name="Messages">What the user should do about the rest.</param>
/// <param name="Failure">Why not everything was sent; null when nothing failed.</param>
public sealed record Published(IReadOnlyList<OutcomeUpdate> Landed, int Evaluated, IReadOnlyList<BuildMessage> Messages, string? Failure);
