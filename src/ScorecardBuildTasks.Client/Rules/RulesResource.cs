using System.Runtime.CompilerServices;
using System.Text.Json;
using ScorecardBuildTasks.Client.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>The rules of an organisation.</summary>
public sealed class RulesResource
{
    const string Path = "api/v2/scorecard/rules";

    readonly ScorecardConnection connection;

    internal RulesResource(ScorecardConnection connection) => this.connection = connection;

    /// <summary>All rules that match, by name; pages are fetched as they are needed.</summary>
    /// <exception cref="ScorecardApiException"/>
    /// <exception cref="ArgumentOutOfRangeException">The filter's page size is not one that the API takes.</exception>
    public async IAsyncEnumerable<Rule> ListAsync(
        RuleFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= new RuleFilter();
        var query = new QueryString()
            .Add("include", filter.IncludeScorecard ? "scorecard" : null)
            .Add("fields[rule]", filter.Fields)
            .Add("fields[scorecard]", filter.ScorecardFields)
            .Add("filter[rule][id]", filter.Id)
            .Add("filter[rule][name]", filter.Name)
            .Add("filter[rule][description]", filter.Description)
            .Add("filter[rule][enabled]", filter.Enabled)
            .Add("filter[rule][custom]", filter.Custom);
        var pages = connection.ListAsync(Path, query, "page[size]", filter.PageSize, maxSize: 100, ScorecardJson.Default.ListDocumentRule, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            var scorecards = page.Included?
                .Where(resource => resource.GetProperty("type").ValueEquals("scorecard"))
                .Select(resource => resource.Deserialize(ScorecardJson.Default.Scorecard)!)
                .ToDictionary(scorecard => scorecard.Id);
            foreach (var rule in page.Data)
            {
                yield return scorecards is not null && rule.Relationships?.Scorecard is { Data.Id: var id }
                    ? rule with { Scorecard = scorecards.GetValueOrDefault(id) }
                    : rule;
            }
        }
    }

    /// <summary>The rule with this id; null if there is none.</summary>
    /// <exception cref="ScorecardApiException"/>
    public async Task<Rule?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var rules = ListAsync(new RuleFilter { Id = id, PageSize = 1 }, cancellationToken).ConfigureAwait(false);
        await foreach (var rule in rules)
            return rule;
        return null;
    }

    /// <summary>The first rule of this name in this scorecard; null if there is none. (The API does not keep names apart: look before you add.)</summary>
    /// <exception cref="ScorecardApiException"/>
    public async Task<Rule?> FindAsync(string scorecardName, string name, CancellationToken cancellationToken = default)
    {
        var rules = ListAsync(new RuleFilter { Name = name }, cancellationToken).ConfigureAwait(false);
        await foreach (var rule in rules)
        {
            if (rule.Attributes.Name == name && rule.Attributes.ScorecardName == scorecardName)
                return rule;
        }
        return null;
    }

    /// <summary>Creates a rule, and its scorecard where that is new.</summary>
    /// <exception cref="ScorecardApiException"/>
    public async Task<Rule> AddAsync(RuleAttributes attributes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var body = new Document<RuleChange> { Data = new RuleChange(attributes.WithoutServerManaged()) };
        var answer = await connection.SendAsync(
            HttpMethod.Post, Path, RequestBody.Create(body, ScorecardJson.Default.DocumentRuleChange),
            ScorecardJson.Default.DocumentRule, isRepeatable: false, cancellationToken).ConfigureAwait(false);
        return answer.Data;
    }

    /// <summary>
    /// Reads the rule, applies <paramref name="change"/> and writes the whole of it back: on the wire an update replaces
    /// everything, so that what is not sent is erased.
    /// </summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="change">Such as <c>rule => rule with { Owner = "payments" }</c>.</param>
    /// <param name="cancellationToken"/>
    /// <exception cref="ScorecardApiException">With status 404 where no rule has this id.</exception>
    public async Task<Rule> UpdateAsync(
        string id, Func<RuleAttributes, RuleAttributes> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var current = await FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw connection.NotFound(HttpMethod.Put, PathOf(id), $"rule not found: {id}");
        var body = new Document<RuleChange> { Data = new RuleChange(change(current.Attributes).WithoutServerManaged()) };
        var answer = await connection.SendAsync(
            HttpMethod.Put, PathOf(id), RequestBody.Create(body, ScorecardJson.Default.DocumentRuleChange),
            ScorecardJson.Default.DocumentRule, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        return answer.Data;
    }

    /// <summary>Deletes a rule.</summary>
    /// <exception cref="ScorecardApiException">With status 404 where no rule has this id.</exception>
    public Task RemoveAsync(string id, CancellationToken cancellationToken = default) =>
        connection.SendAsync(HttpMethod.Delete, PathOf(id), body: null, isRepeatable: true, cancellationToken);

    static string PathOf(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return $"{Path}/{Uri.EscapeDataString(id)}";
    }
}
