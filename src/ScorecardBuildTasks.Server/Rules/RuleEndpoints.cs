using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScorecardBuildTasks.Client.Json;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Rules;

/// <summary>The operations on rules.</summary>
static class RuleEndpoints
{
    public static void MapRules(this IEndpointRouteBuilder api, RuleStore rules)
    {
        api.MapGet("/rules", context => ListAsync(context, rules)).Is(new Operation("ListScorecardRules", AccessScopes.CatalogRead)
        {
            Query =
            [
                "page[size]", "page[offset]", "include", "filter[rule][id]", "filter[rule][enabled]", "filter[rule][custom]",
                "filter[rule][name]", "filter[rule][description]", "fields[rule]", "fields[scorecard]",
            ],
            Statuses = [200, 400, 403, 429],
        });
        api.MapPost("/rules", context => AddAsync(context, rules))
            .Is(new Operation("CreateScorecardRule", AccessScopes.CatalogWrite) { Statuses = [201, 400, 403, 429] });
        api.MapPut("/rules/{rule_id}", context => ReplaceAsync(context, rules))
            .Is(new Operation("UpdateScorecardRule", AccessScopes.CatalogWrite) { Statuses = [200, 400, 403, 404, 429] });
        api.MapDelete("/rules/{rule_id}", context => RemoveAsync(context, rules))
            .Is(new Operation("DeleteScorecardRule", AccessScopes.CatalogWrite) { Statuses = [204, 400, 403, 404, 429] });
    }

    static async Task ListAsync(HttpContext context, RuleStore rules)
    {
        var query = new RequestQuery(context.Request);
        var page = query.Page("page[size]", defaultSize: 100, maxSize: 100);
        var condition = new Condition()
            .Equal("r.id", query.Text("filter[rule][id]"))
            .Equal("r.name", query.Text("filter[rule][name]"))
            .Contains("r.folded_description", query.Text("filter[rule][description]"))
            .Equal("r.enabled", query.Flag("filter[rule][enabled]"))
            .Equal("r.custom", query.Flag("filter[rule][custom]"));
        var withScorecards = query.Includes("scorecard");

        var rows = await rules.ListAsync(condition, page, context.RequestAborted);
        var scorecards = rows.DistinctBy(row => row.ScorecardId).Select(row => row.ToScorecard());
        await context.Response.WriteAsync(new ListDocument<JsonElement>
        {
            Data = [.. rows.Select(row => PolicyScope.Relate(row.ToRule()))],
            Included = withScorecards ? ApiJson.Included(scorecards, ScorecardJson.Default.Scorecard) : null,
            Links = page.Links(context.Request),
        }, ScorecardJson.Default.ListDocumentJsonElement, query.Fields("rule", "scorecard"));
    }

    static async Task AddAsync(HttpContext context, RuleStore rules)
    {
        var draft = RuleDraft.Read(await RequestDocument.ReadAttributesAsync(context.Request, "rule"));
        var rule = await rules.AddAsync(draft, context.RequestAborted);
        await context.Response.WriteAsync(201, PolicyScope.Include(rule), ScorecardJson.Default.DocumentJsonElement);
    }

    static async Task ReplaceAsync(HttpContext context, RuleStore rules)
    {
        var draft = RuleDraft.Read(await RequestDocument.ReadAttributesAsync(context.Request, "rule"));
        var rule = await rules.ReplaceAsync(IdOf(context), draft, context.RequestAborted);
        await context.Response.WriteAsync(200, PolicyScope.Include(rule), ScorecardJson.Default.DocumentJsonElement);
    }

    static async Task RemoveAsync(HttpContext context, RuleStore rules)
    {
        await rules.RemoveAsync(IdOf(context), context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    static string IdOf(HttpContext context) => PathText.Read(context, "rule_id");
}
