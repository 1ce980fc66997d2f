using System.Globalization;
using System.Runtime.CompilerServices;
using ScorecardBuildTasks.Client.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>The scores that follow from the outcomes.</summary>
public sealed class ScoresResource
{
    readonly ScorecardConnection connection;

    internal ScoresResource(ScorecardConnection connection) => this.connection = connection;

    /// <summary>All scores of an aggregation; pages are fetched as they are needed.</summary>
    /// <exception cref="ScorecardApiException"/>
    /// <exception cref="ArgumentOutOfRangeException">The filter's page size is not one that the API takes.</exception>
    public async IAsyncEnumerable<Score> ListAsync(
        ScoreAggregation aggregation, ScoreFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= new ScoreFilter();
        var query = new QueryString()
            .Add("filter[rule][id]", filter.RuleIds)
            .Add("filter[rule][name]", filter.RuleName)
            .Add("filter[rule][level]", filter.Levels?.Select(level => level.ToString(CultureInfo.InvariantCulture)))
            .Add("filter[rule][scorecard_id]", filter.ScorecardIds)
            .Add("filter[rule][is_custom]", filter.IsCustom)
            .Add("filter[rule][is_enabled]", filter.IsEnabled)
            .Add("sort", filter.Sort);
        var path = $"api/v2/scorecard/scores/{Uri.EscapeDataString(aggregation.Value)}";
        var pages = connection.ListAsync(path, query, "page[limit]", filter.PageSize, maxSize: 1000, ScorecardJson.Default.ListDocumentScore, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var score in page.Data)
                yield return score;
        }
    }
}
