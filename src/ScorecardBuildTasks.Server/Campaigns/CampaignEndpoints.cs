using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Client.Json;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Campaigns;

/// <summary>The operations on campaigns.</summary>
static class CampaignEndpoints
{
    const AccessScopes Read = AccessScopes.CatalogRead | AccessScopes.CasesRead;
    const AccessScopes Write = AccessScopes.CatalogWrite | AccessScopes.CasesWrite;

    public static void MapCampaigns(this IEndpointRouteBuilder api, CampaignStore campaigns)
    {
        api.MapGet("/campaigns", context => ListAsync(context, campaigns)).Is(new Operation("ListScorecardCampaigns", Read)
        {
            Query = ["page[limit]", "page[offset]", "filter[campaign][name]", "filter[campaign][status]", "filter[campaign][owner]"],
            TellsErrorsAsObjects = true,
            Statuses = [200, 400, 403, 429],
        });
        api.MapPost("/campaigns", context => AddAsync(context, campaigns))
            .Is(new Operation("CreateScorecardCampaign", Write) { TellsErrorsAsObjects = true, Statuses = [201, 400, 403, 429] });
        api.MapGet("/campaigns/{campaign_id}", context => GetAsync(context, campaigns)).Is(new Operation("GetScorecardCampaign", Read)
        {
            Query = ["include", "include_meta"],
            TellsErrorsAsObjects = true,
            Statuses = [200, 400, 403, 404, 429],
        });
        api.MapPut("/campaigns/{campaign_id}", context => ReplaceAsync(context, campaigns))
            .Is(new Operation("UpdateScorecardCampaign", Write) { TellsErrorsAsObjects = true, Statuses = [200, 400, 403, 404, 429] });
        api.MapDelete("/campaigns/{campaign_id}", context => RemoveAsync(context, campaigns))
            .Is(new Operation("DeleteScorecardCampaign", Write) { TellsErrorsAsObjects = true, Statuses = [204, 400, 403, 404, 429] });
    }

    static async Task ListAsync(HttpContext context, CampaignStore campaigns)
    {
        var query = new RequestQuery(context.Request);
        var page = query.Page("page[limit]", defaultSize: 10, maxSize: 100);
        var condition = new Condition()
            .Equal("status", query.Text("filter[campaign][status]"))
            .Equal("LOWER(owner)", query.Uuid("filter[campaign][owner]")?.ToString());
        // A full text search finds names that have all the words, wherever they stand.
        foreach (var word in query.Text("filter[campaign][name]")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
            condition.Contains("folded_name", word);

        var (items, total) = await campaigns.ListAsync(condition, page, context.RequestAborted);
        await context.Response.WriteAsync(200, new ListDocument<Campaign>
        {
            Data = items,
            Meta = new PageMeta(items.Count, page.Size, page.Offset, total),
        }, ScorecardJson.Default.ListDocumentCampaign);
    }

    static async Task GetAsync(HttpContext context, CampaignStore campaigns)
    {
        var query = new RequestQuery(context.Request);
        var withScores = query.Includes("scores");
        var (campaign, scores) = await campaigns.GetAsync(IdOf(context), withScores, query.Flag("include_meta") ?? false, context.RequestAborted);
        await context.Response.WriteAsync(200, new Document<Campaign>
        {
            Data = campaign,
            Included = withScores ? ApiJson.Included(scores, ScorecardJson.Default.Score) : null,
        }, ScorecardJson.Default.DocumentCampaign);
    }

    static async Task AddAsync(HttpContext context, CampaignStore campaigns)
    {
        var draft = CampaignDraft.ReadNew(await RequestDocument.ReadAttributesAsync(context.Request, "campaign", isTypeRequired: true));
        var campaign = await campaigns.AddAsync(draft, context.RequestAborted);
        await context.Response.WriteAsync(201, new Document<Campaign> { Data = campaign }, ScorecardJson.Default.DocumentCampaign);
    }

    static async Task ReplaceAsync(HttpContext context, CampaignStore campaigns)
    {
        var draft = CampaignDraft.ReadUpdate(await RequestDocument.ReadAttributesAsync(context.Request, "campaign", isTypeRequired: true));
        var campaign = await campaigns.ReplaceAsync(IdOf(context), draft, context.RequestAborted);
        await context.Response.WriteAsync(200, new Document<Campaign> { Data = campaign }, ScorecardJson.Default.DocumentCampaign);
    }

    static async Task RemoveAsync(HttpContext context, CampaignStore campaigns)
    {
        await campaigns.RemoveAsync(IdOf(context), context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    static string IdOf(HttpContext context) => PathText.Read(context, "campaign_id");
}
