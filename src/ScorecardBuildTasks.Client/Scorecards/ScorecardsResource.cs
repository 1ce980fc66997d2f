using System.Runtime.CompilerServices;
using ScorecardBuildTasks.Client.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>The scorecards of an organisation; each comes into being with its first rule.</summary>
public sealed class ScorecardsResource
{
    const string Path = "api/v2/scorecard/scorecards";

    readonly ScorecardConnection connection;

    internal ScorecardsResource(ScorecardConnection connection) => this.connection = connection;

    /// <summary>All scorecards that match; pages are fetched as they are needed.</summary>
    /// <exception cref="ScorecardApiException"/>
    /// <exception cref="ArgumentOutOfRangeException">The filter's page size is not one that the API takes.</exception>
    public async IAsyncEnumerable<Scorecard> ListAsync(
        ScorecardFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= new ScorecardFilter();
        var query = new QueryString()
            .Add("filter[scorecard][id]", filter.Id)
            .Add("filter[scorecard][name]", filter.Name)
            .Add("filter[scorecard][description]", filter.Description);
        var pages = connection.ListAsync(Path, query, "page[size]", filter.PageSize, maxSize: 100, ScorecardJson.Default.ListDocumentScorecard, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var scorecard in page.Data)
                yield return scorecard;
        }
    }

    /// <summary>The scorecard with this id; null if there is none.</summary>
    /// <exception cref="ScorecardApiException"/>
    public async Task<Scorecard?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        await foreach (var scorecard in ListAsync(new ScorecardFilter { Id = id, PageSize = 1 }, cancellationToken).ConfigureAwait(false))
            return scorecard;
        return null;
    }
}
