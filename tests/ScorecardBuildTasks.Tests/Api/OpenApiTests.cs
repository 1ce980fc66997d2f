using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Access;
using ScorecardBuildTasks.Server.Limits;
using Xunit.Abstractions;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>What the API's documentation promises, operation by operation.</summary>
public sealed class OpenApiTests(ITestOutputHelper output)
{
    const string Api = "/api/v2/scorecard";
    const string Owner = "550e8400-e29b-41d4-a716-446655440000";

    /// <summary>Statuses that recordings show, or that are needed to answer honestly, beyond the documented ones.</summary>
    static readonly Dictionary<string, int[]> Undocumented = new() { ["UpdateScorecardRule"] = [404], ["ListScorecards"] = [400] };

    [OpenApiFact]
    public async Task PublishedDocumentHasTheSameOperations()
    {
        await using var api = await TestApi.StartAsync();
        var paths = (await api.Http.GetFromJsonAsync<JsonElement>("/openapi.json")).GetProperty("paths");
        var published =
            from path in paths.EnumerateObject()
            from method in path.Value.EnumerateObject()
            let operation = method.Value
            let id = operation.GetProperty("operationId").GetString()!
            select Describe(new DocumentedOperation(
                id,
                method.Name.ToUpperInvariant(),
                path.Name,
                [.. operation.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").ValueEquals("query")).Select(parameter => parameter.GetProperty("name").GetString()!)],
                [.. operation.GetProperty("responses").EnumerateObject().Select(response => int.Parse(response.Name)).Except(Undocumented.GetValueOrDefault(id, []))],
                [.. operation.GetProperty("security")[1].GetProperty("AuthZ").EnumerateArray().Select(scope => scope.GetString()!)]));

        var documented = OpenApiExtract.Read();
        Assert.Equal(14, documented.Count);
        Assert.Equal(documented.Select(Describe).Order(StringComparer.Ordinal), published.Order(StringComparer.Ordinal));

        static string Describe(DocumentedOperation operation) =>
            $"{operation.Method} {operation.Path} {operation.Id} ({string.Join(' ', operation.Query.Order(StringComparer.Ordinal))}) {string.Join(' ', operation.Statuses.Order())} [{string.Join(' ', operation.Scopes.Order(StringComparer.Ordinal))}]";
    }

    [OpenApiTheory, OnSqlite, OnPostgreSql]
    public async Task EveryDocumentedStatusIsAnswered(string engine)
    {
        var operations = OpenApiExtract.Read();
        await using var api = await TestApi.StartAsync(engine, options => options with { Keys = Keys() });
        await using var limited = await TestApi.StartAsync(engine, options => options with { RateLimit = new RateLimit(0, TimeSpan.FromMinutes(1)) });
        var statuses = operations.SelectMany(operation => operation.Statuses).Distinct().Order().ToArray();
        var table = new StringBuilder($"{"operation",-30}{string.Concat(statuses.Select(status => $"{status,5}"))}\n");
        List<string> failures = [];
        foreach (var operation in operations)
        {
            table.Append($"{operation.Id,-30}");
            foreach (var status in statuses)
            {
                var answers = operation.Statuses.Contains(status) ? await AnswersAsync(operation, status) : null;
                var isAsDocumented = answers?.Count > 0 && answers.All(answer => (int)answer == status);
                table.Append($"{(answers is null ? "" : isAsDocumented ? "ok" : "NO"),5}");
                if (answers is not null && !isAsDocumented)
                    failures.Add($"{operation.Id} {status}: {(answers.Count == 0 ? "untested" : string.Join(' ', answers))}");
            }
            table.Append('\n');
        }
        // Said once, and proved on both.
        if (engine == TestDatabase.Sqlite)
            output.WriteLine(table.ToString());
        Assert.True(failures.Count == 0, string.Join('\n', failures));

        async Task<List<HttpStatusCode>> AnswersAsync(DocumentedOperation operation, int status)
        {
            List<HttpStatusCode> answers = [];
            switch (status)
            {
                case 403:
                    // For each of the scopes the operation needs, a key that has all but this one.
                    foreach (var scope in operation.Scopes)
                        answers.Add(await SendAsync(api, await RequestAsync(operation.Id, null), $"without {scope}"));
                    break;
                case 429:
                    answers.Add(await SendAsync(limited, await RequestAsync(operation.Id, null), "all"));
                    break;
                default:
                    if (await RequestAsync(operation.Id, status) is { } request)
                        answers.Add(await SendAsync(api, request, "all"));
                    break;
            }
            return answers;
        }

        async Task<Request?> RequestAsync(string operation, int? status)
        {
            // Something to read, change or delete, new for each request.
            var rule = await api.AddRuleAsync($"Rule {Guid.NewGuid()}");
            var campaign = (await api.Client.Campaigns.AddAsync(new CampaignDefinition
            {
                Name = "C", Key = Guid.NewGuid().ToString(), OwnerId = Owner, StartDate = default(Timestamp), RuleIds = [rule],
            })).Id;
            var unfit = new string('x', 300);
            return (operation, status) switch
            {
                ("ListScorecardRules", 400) => new("GET", "/rules?page[size]=0"),
                ("ListScorecardRules", _) => new("GET", "/rules"),
                ("CreateScorecardRule", 400) => new("POST", "/rules", Rule("\"level\":9,")),
                ("CreateScorecardRule", _) => new("POST", "/rules", Rule()),
                ("UpdateScorecardRule", 400) => new("PUT", $"/rules/{rule}", Rule("\"level\":9,")),
                ("UpdateScorecardRule", _) => new("PUT", $"/rules/{rule}", Rule()),
                ("DeleteScorecardRule", 400) => new("DELETE", $"/rules/{unfit}"),
                ("DeleteScorecardRule", 404) => new("DELETE", "/rules/nope"),
                ("DeleteScorecardRule", _) => new("DELETE", $"/rules/{rule}"),
                ("ListScorecardOutcomes", 400) => new("GET", "/outcomes?include=everything"),
                ("ListScorecardOutcomes", _) => new("GET", "/outcomes"),
                ("UpdateScorecardOutcomes", 400) => new("POST", "/outcomes", Outcome("entity_reference", rule, "maybe")),
                ("UpdateScorecardOutcomes", 409) => new("POST", "/outcomes", Outcome("entity_reference", "nope", "pass")),
                ("UpdateScorecardOutcomes", _) => new("POST", "/outcomes", Outcome("entity_reference", rule, "pass")),
                ("CreateScorecardOutcomesBatch", 400) => new("POST", "/outcomes/batch", Outcome("entity_reference", rule, "pass")),
                ("CreateScorecardOutcomesBatch", _) => new("POST", "/outcomes/batch", Outcome("service_name", rule, "pass")),
                ("ListScorecardCampaigns", 400) => new("GET", "/campaigns?page[limit]=many"),
                ("ListScorecardCampaigns", _) => new("GET", "/campaigns"),
                ("CreateScorecardCampaign", 400) => new("POST", "/campaigns", Campaign("nope")),
                ("CreateScorecardCampaign", _) => new("POST", "/campaigns", Campaign(rule)),
                ("GetScorecardCampaign", 400) => new("GET", $"/campaigns/{campaign}?include_meta=perhaps"),
                ("GetScorecardCampaign", 404) => new("GET", "/campaigns/nope"),
                ("GetScorecardCampaign", _) => new("GET", $"/campaigns/{campaign}"),
                ("UpdateScorecardCampaign", 400) => new("PUT", $"/campaigns/{campaign}", "{}"),
                ("UpdateScorecardCampaign", 404) => new("PUT", "/campaigns/nope", Campaign(rule)),
                ("UpdateScorecardCampaign", _) => new("PUT", $"/campaigns/{campaign}", Campaign(rule)),
                ("DeleteScorecardCampaign", 400) => new("DELETE", $"/campaigns/{unfit}"),
                ("DeleteScorecardCampaign", 404) => new("DELETE", "/campaigns/nope"),
                ("DeleteScorecardCampaign", _) => new("DELETE", $"/campaigns/{campaign}"),
                ("ListScorecards", _) => new("GET", "/scorecards"),
                ("ListScorecardScores", 400) => new("GET", "/scores/by-colour"),
                ("ListScorecardScores", _) => new("GET", "/scores/by-rule"),
                _ => null,
            };
        }

        static string Rule(string more = "") => """{"data":{"type":"rule","attributes":{MORE"name":"A","scorecard_name":"S"}}}""".Replace("MORE", more, StringComparison.Ordinal);

        static string Outcome(string name, string rule, string state) =>
            $$$"""{"data":{"type":"batched-outcome","attributes":{"results":[{"rule_id":"{{{rule}}}","{{{name}}}":"a","state":"{{{state}}}"} ] } } }""";

        static string Campaign(string rule) =>
            $$$"""{"data":{"type":"campaign","attributes":{"key":"{{{Guid.NewGuid()}}}","name":"A","owner_id":"{{{Owner}}}","rule_ids":["{{{rule}}}"],"start_date":"2026-01-01T00:00:00Z","status":"completed"} } }""";
    }

    [Theory]
    [InlineData("rules", """{"errors":["Forbidden"]}""")]
    [InlineData("campaigns", """{"errors":[{"status":"403","title":"Forbidden"}]}""")]
    public async Task MissingScopeIsToldInTheDocumentedShape(string path, string body)
    {
        await using var api = await TestApi.StartAsync(configure: options => options with { Keys = [AccessKey.ForKeys("cases", "a", "b", AccessScopes.CasesRead)] });
        var response = await api.Http.GetAsync($"{Api}/{path}");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A key with all scopes, and one that lacks each of them.</summary>
    static IReadOnlyList<AccessKey> Keys() =>
    [
        AccessKey.ForKeys("all", "a", "b", AccessScopes.All),
        .. new[] { AccessScopes.CatalogRead, AccessScopes.CatalogWrite, AccessScopes.CasesRead, AccessScopes.CasesWrite }
            .Select(scope => AccessKey.ForToken($"without {scope}", $"without {scope.ToWireName()}", AccessScopes.All & ~scope)),
    ];

    static async Task<HttpStatusCode> SendAsync(TestApi api, Request? request, string credentials)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request!.Method), new Uri(api.Server.Url, Api + request.Path));
        if (credentials == "all")
        {
            message.Headers.Add("DD-API-KEY", "a");
            message.Headers.Add("DD-APPLICATION-KEY", "b");
        }
        else
        {
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credentials}");
        }
        if (request.Body is not null)
            message.Content = new StringContent(request.Body, Encoding.UTF8, "application/json");
        using var http = new HttpClient();
        using var response = await http.SendAsync(message);
        return response.StatusCode;
    }

    sealed record Request(string Method, string Path, string? Body = null);
}
