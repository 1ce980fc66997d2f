using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ScorecardBuildTasks.Client.Http;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>The campaigns of an organisation. Wherever an id is asked for, a campaign's key will do.</summary>
public sealed class CampaignsResource
{
    const string Path = "api/v2/scorecard/campaigns";

    readonly ScorecardConnection connection;

    internal CampaignsResource(ScorecardConnection connection) => this.connection = connection;

    /// <summary>All campaigns that match; pages are fetched as they are needed.</summary>
    /// <exception cref="ScorecardApiException"/>
    /// <exception cref="ArgumentOutOfRangeException">The filter's page size is not one that the API takes.</exception>
    public async IAsyncEnumerable<Campaign> ListAsync(
        CampaignFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= new CampaignFilter();
        var query = new QueryString()
            .Add("filter[campaign][name]", filter.Name)
            .Add("filter[campaign][status]", filter.Status?.Value)
            .Add("filter[campaign][owner]", filter.Owner?.ToString());
        var pages = connection.ListAsync(Path, query, "page[limit]", filter.PageSize, maxSize: 100, ScorecardJson.Default.ListDocumentCampaign, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var campaign in page.Data)
                yield return campaign;
        }
    }

    /// <summary>The campaign with this id or key; null if there is none.</summary>
    /// <param name="idOrKey">The campaign's id or key.</param>
    /// <param name="includeScores">Fills <see cref="Campaign.Scores"/>.</param>
    /// <param name="includeMeta">Fills <see cref="Campaign.Meta"/>.</param>
    /// <param name="cancellationToken"/>
    /// <exception cref="ScorecardApiException"/>
    public async Task<Campaign?> FindAsync(
        string idOrKey, bool includeScores = false, bool includeMeta = false, CancellationToken cancellationToken = default)
    {
        var query = new QueryString().Add("include", includeScores ? "scores" : null).Add("include_meta", includeMeta ? true : null);
        try
        {
            var answer = await connection.SendAsync(
                HttpMethod.Get, PathOf(idOrKey) + query, body: null, ScorecardJson.Default.DocumentCampaign, isRepeatable: true, cancellationToken).ConfigureAwait(false);
            return answer.Data with { Scores = [.. answer.Included?.Select(score => score.Deserialize(ScorecardJson.Default.Score)!) ?? []] };
        }
        catch (ScorecardApiException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Creates a campaign; name, key, owner, start date and rules are needed.</summary>
    /// <exception cref="ScorecardApiException"/>
    public async Task<Campaign> AddAsync(CampaignDefinition definition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var answer = await connection.SendAsync(
            HttpMethod.Post, Path, Body(definition), ScorecardJson.Default.DocumentCampaign, isRepeatable: false, cancellationToken).ConfigureAwait(false);
        return answer.Data;
    }

    /// <summary>Reads the campaign, applies <paramref name="change"/> and writes the whole of it back, so that nothing is erased by omission.</summary>
    /// <exception cref="ScorecardApiException">With status 404 where there is no such campaign.</exception>
    /// <exception cref="InvalidOperationException">The API did not say which rules the campaign has, and the change does not either.</exception>
    public async Task<Campaign> UpdateAsync(
        string idOrKey, Func<CampaignDefinition, CampaignDefinition> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var current = await FindAsync(idOrKey, cancellationToken: cancellationToken).ConfigureAwait(false)
            ?? throw connection.NotFound(HttpMethod.Put, PathOf(idOrKey), $"campaign not found: {idOrKey}");
        var definition = change(current.ToDefinition());
        if (definition.RuleIds is null)
            throw new InvalidOperationException($"The API did not name the rules of campaign '{idOrKey}', so they would be lost: set RuleIds in the change.");
        var answer = await connection.SendAsync(
            HttpMethod.Put, PathOf(idOrKey), Body(definition), ScorecardJson.Default.DocumentCampaign, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        return answer.Data;
    }

    /// <summary>Deletes a campaign; its rules stay.</summary>
    /// <exception cref="ScorecardApiException">With status 404 where there is no such campaign.</exception>
    public Task RemoveAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        connection.SendAsync(HttpMethod.Delete, PathOf(idOrKey), body: null, isRepeatable: true, cancellationToken);

    static RequestBody Body(CampaignDefinition definition) =>
        RequestBody.Create(new Document<CampaignChange> { Data = new CampaignChange(definition) }, ScorecardJson.Default.DocumentCampaignChange);

    static string PathOf(string idOrKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(idOrKey);
        return $"{Path}/{Uri.EscapeDataString(idOrKey)}";
    }
}
