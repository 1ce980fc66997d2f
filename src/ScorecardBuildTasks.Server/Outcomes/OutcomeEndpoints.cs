using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Client.Json;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Api;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>The operations on outcomes.</summary>
static class OutcomeEndpoints
{
    // The API documents no maximum; its users name 100.
    const int MaxResults = 1000;

    public static void MapOutcomes(this IEndpointRouteBuilder api, OutcomeStore outcomes)
    {
        api.MapGet("/outcomes", context => ListAsync(context, outcomes)).Is(new Operation("ListScorecardOutcomes", AccessScopes.CatalogRead)
        {
            Query =
            [
                "page[size]", "page[offset]", "include", "fields[outcome]", "fields[rule]", "filter[outcome][service_name]",
                "filter[outcome][state]", "filter[rule][enabled]", "filter[rule][id]", "filter[rule][name]",
            ],
            Statuses = [200, 400, 403, 429],
        });
        api.MapPost("/outcomes", context => UpdateAsync(context, outcomes))
            .Is(new Operation("UpdateScorecardOutcomes", AccessScopes.CatalogWrite) { Statuses = [202, 400, 403, 409, 429] });
        api.MapPost("/outcomes/batch", context => CreateBatchAsync(context, outcomes))
            .Is(new Operation("CreateScorecardOutcomesBatch", AccessScopes.CatalogWrite) { Statuses = [200, 400, 403, 429] });
    }

    static async Task ListAsync(HttpContext context, OutcomeStore outcomes)
    {
        var query = new RequestQuery(context.Request);
        var page = query.Page("page[size]", defaultSize: 100, maxSize: 100);
        var wanted = new OutcomeQuery(
            Entity(query.Text("filter[outcome][service_name]")),
            query.Text("filter[outcome][state]"),
            query.Text("filter[rule][id]"),
            query.Text("filter[rule][name]"),
            query.Flag("filter[rule][enabled]"));
        var withRules = query.Includes("rule");

        var (found, rules) = await outcomes.ListAsync(wanted, page, withRules, context.RequestAborted);
        await context.Response.WriteAsync(new ListDocument<StoredOutcome>
        {
            Data = found,
            Included = withRules ? ApiJson.Included(rules.Select(rule => rule.ToNames()), ScorecardJson.Default.Rule) : null,
            Links = page.Links(context.Request),
        }, OutcomeJson.Default.ListDocumentStoredOutcome, query.Fields("outcome", "rule"));
    }

    /// <summary>Answers like an acceptance for later; here the outcomes are in the database by then.</summary>
    static async Task UpdateAsync(HttpContext context, OutcomeStore outcomes)
    {
        var attributes = await RequestDocument.ReadAttributesAsync(context.Request, "batched-outcome");
        OutcomeDraft[] drafts = [.. attributes.RequiredObjects("results", MaxResults).Select(OutcomeDraft.Read)];
        await outcomes.PutAsync(drafts, new ApiProblem(409, "Invalid rule_id"), context.RequestAborted);
        await context.Response.WriteAsync(202, new AcceptedDocument
        {
            Data = new ResourceIdentifier(Identifiers.NewAsyncRequest(), "async-request"),
            Meta = new AcceptedMeta(drafts.Length),
        }, ScorecardJson.Default.AcceptedDocument);
    }

    static async Task CreateBatchAsync(HttpContext context, OutcomeStore outcomes)
    {
        var attributes = await RequestDocument.ReadAttributesAsync(context.Request, "batched-outcome");
        OutcomeDraft[] drafts = [.. attributes.RequiredObjects("results", MaxResults).Select(OutcomeDraft.ReadOfService)];
        // How the real batch refuses an unknown rule is not known; no 409 is documented for it.
        await outcomes.PutAsync(drafts, ApiProblem.BadRequest("attribute \"rule_id\" failed rule lookup"), context.RequestAborted);
        var found = await outcomes.FindAsync(drafts, context.RequestAborted);
        await context.Response.WriteAsync(200, new BatchDocument<StoredOutcome>
        {
            // The batch leaves the time of creation out.
            Data = [.. found.Select(outcome => outcome with { Attributes = outcome.Attributes with { CreatedAt = null } })],
            Meta = new BatchMeta(drafts.Length, found.Count),
        }, OutcomeJson.Default.BatchDocumentStoredOutcome);
    }

    /// <summary>A service may be asked for in any way it can be written.</summary>
    static string? Entity(string? text) => text is not null && EntityReference.TryParse(text, out var reference) ? reference.ToString() : text;
}
