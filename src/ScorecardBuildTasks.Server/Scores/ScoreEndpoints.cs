using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Client.Json;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Scores;

/// <summary>The operation on scores.</summary>
static class ScoreEndpoints
{
    static readonly ScoreAggregation[] Aggregations =
        [ScoreAggregation.ByEntity, ScoreAggregation.ByRule, ScoreAggregation.ByScorecard, ScoreAggregation.ByTeam, ScoreAggregation.ByKind];

    public static void MapScores(this IEndpointRouteBuilder api, ScoreStore scores) =>
        api.MapGet("/scores/{aggregation}", context => ListAsync(context, scores)).Is(new Operation("ListScorecardScores", AccessScopes.CatalogRead)
        {
            Query =
            [
                "filter[rule][id]", "filter[rule][name]", "filter[rule][level]", "filter[rule][scorecard_id]",
                "filter[rule][is_custom]", "filter[rule][is_enabled]", "sort", "page[offset]", "page[limit]",
            ],
            Statuses = [200, 400, 403, 429],
        });

    static async Task ListAsync(HttpContext context, ScoreStore scores)
    {
        var aggregation = new ScoreAggregation(PathText.Read(context, "aggregation"));
        if (!Aggregations.Contains(aggregation))
            throw new ApiProblem(400, "Invalid Parameter", $"invalid parameter \"aggregation\" in \"path\"; expected one of \"{string.Join(' ', Aggregations)}\"");

        var query = new RequestQuery(context.Request);
        var page = query.Page("page[limit]", defaultSize: 100, maxSize: 1000);
        var condition = new Condition()
            .OneOf("r.id", query.List("filter[rule][id]"))
            .Equal("r.name", query.Text("filter[rule][name]"))
            .OneOf("r.level", query.Levels("filter[rule][level]"))
            .OneOf("r.scorecard_id", query.List("filter[rule][scorecard_id]"))
            .Equal("r.custom", query.Flag("filter[rule][is_custom]"))
            .Equal("r.enabled", query.Flag("filter[rule][is_enabled]") ?? true);
        var (rows, total) = await scores.ListAsync(aggregation, condition, query.Text("sort"), page, context.RequestAborted);
        await context.Response.WriteAsync(200, new ListDocument<Score>
        {
            Data = [.. rows.Select(row => row.ToRatio(aggregation))],
            Links = page.Links(context.Request),
            Meta = new PageMeta(rows.Count, page.Size, page.Offset, total),
        }, ScorecardJson.Default.ListDocumentScore);
    }
}
