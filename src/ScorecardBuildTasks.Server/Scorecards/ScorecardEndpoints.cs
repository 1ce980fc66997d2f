using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Client.Json;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Scorecards;

/// <summary>The operation on scorecards.</summary>
static class ScorecardEndpoints
{
    public static void MapScorecards(this IEndpointRouteBuilder api, ScorecardStore scorecards) =>
        api.MapGet("/scorecards", context => ListAsync(context, scorecards)).Is(new Operation("ListScorecards", AccessScopes.CatalogRead)
        {
            Query = ["page[offset]", "page[size]", "filter[scorecard][id]", "filter[scorecard][name]", "filter[scorecard][description]"],
            TellsErrorsAsObjects = true,
            Statuses = [200, 400, 403, 429],
        });

    static async Task ListAsync(HttpContext context, ScorecardStore scorecards)
    {
        var query = new RequestQuery(context.Request);
        var page = query.Page("page[size]", defaultSize: 100, maxSize: 100);
        var condition = new Condition()
            .Equal("id", query.Text("filter[scorecard][id]"))
            .Contains("folded_name", query.Text("filter[scorecard][name]"))
            .Contains("folded_description", query.Text("filter[scorecard][description]"));
        var rows = await scorecards.ListAsync(condition, page, context.RequestAborted);
        await context.Response.WriteAsync(
            200, new ListDocument<Scorecard> { Data = [.. rows.Select(row => row.ToScorecard())] }, ScorecardJson.Default.ListDocumentScorecard);
    }
}
