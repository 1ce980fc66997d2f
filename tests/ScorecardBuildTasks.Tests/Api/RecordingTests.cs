using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ScorecardBuildTasks.Client;
using Xunit.Abstractions;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>What the real API was heard to say: our server says the same, and our client understands it.</summary>
public sealed partial class RecordingTests(ITestOutputHelper output)
{
    [RecordingsTheory, OnSqlite, OnPostgreSql]
    public async Task ServerAnswersAsRecorded(string engine)
    {
        var (alike, total) = (0, 0);
        List<string> differences = [];
        foreach (var scenario in Recording.Scenarios())
        {
            await using var api = await TestApi.StartAsync(engine);
            await SeedForeignListAsync(api, scenario);
            // The ids that the real API gave out, with ours in their place.
            Dictionary<string, string> ids = [];
            foreach (var recording in scenario)
            {
                total++;
                var difference = await ReplayAsync(api, recording, ids);
                if (difference is null)
                    alike++;
                else
                    differences.Add($"{recording}\n{difference}");
            }
        }
        // Said once, and proved on both.
        if (engine == TestDatabase.Sqlite)
            output.WriteLine($"recordings {alike} of {total}");
        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
        Assert.Equal(35, total);
    }

    /// <summary>The difference, or null.</summary>
    static async Task<string?> ReplayAsync(TestApi api, Recording recording, Dictionary<string, string> ids)
    {
        using var request = new HttpRequestMessage(new HttpMethod(recording.Request.Method), Replace(recording.Request.PathAndQuery));
        foreach (var (name, value) in recording.Request.Headers.Where(header => header.Key != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, value);
        if (recording.Request.HasBody)
            request.Content = new StringContent(Replace(recording.Request.Body!.Value.GetRawText()), Encoding.UTF8, "application/json");

        using var response = await api.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode != recording.Response.Status)
            return $"status {(int)response.StatusCode}: {body}";
        if (body.Length > 0 && response.Content.Headers.ContentType?.ToString() != recording.Response.Headers["Content-Type"])
            return $"type {response.Content.Headers.ContentType}";
        if (request.Method == HttpMethod.Post && response.StatusCode == HttpStatusCode.Created)
            ids[IdOf(recording.Response.RawBody)] = IdOf(body);

        var (expected, actual) = (Shape(recording.Response.RawBody), Shape(WithoutWhatCameLater(RestoreIds(body), recording.RecordedAt)));
        return expected == actual ? null : $"expected {expected}\nanswered {actual}";

        string Replace(string text) => ids.Aggregate(text, (current, id) => current.Replace(id.Key, id.Value, StringComparison.Ordinal));

        string RestoreIds(string text) => ids.Aggregate(text, (current, id) => current.Replace(id.Value, id.Key, StringComparison.Ordinal));
    }

    /// <summary>Lists of an organisation that is not ours: as many rules and outcomes as it had, by their names and texts.</summary>
    static async Task SeedForeignListAsync(TestApi api, IReadOnlyList<Recording> scenario)
    {
        foreach (var recording in scenario.Where(recording => recording.Request.Method == "GET"))
        {
            using var answer = JsonDocument.Parse(recording.Response.RawBody);
            foreach (var resource in answer.RootElement.GetProperty("data").EnumerateArray())
            {
                var attributes = resource.GetProperty("attributes");
                if (resource.GetProperty("type").ValueEquals("rule"))
                {
                    await api.Client.Rules.AddAsync(new RuleAttributes
                    {
                        Name = Text(attributes, "name")!, ScorecardName = Text(attributes, "scorecard_name") ?? "S", Owner = Text(attributes, "owner"),
                    });
                }
                else
                {
                    var rule = await api.AddRuleAsync("A");
                    await api.Client.Outcomes.PublishAsync(
                        [new OutcomeUpdate(rule, Text(attributes, "service_name") ?? "my-service", new OutcomeState(Text(attributes, "state")!), Text(attributes, "remarks"))]);
                }
            }
        }

        static string? Text(JsonElement attributes, string name) => attributes.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [RecordingsFact]
    public async Task ClientUnderstandsWhatIsRecorded()
    {
        var understood = 0;
        foreach (var recording in Recording.Scenarios().SelectMany(scenario => scenario))
        {
            understood++;
            var answer = ScriptedApi.Answer(
                (HttpStatusCode)recording.Response.Status, recording.Response.RawBody, recording.Response.Headers.GetValueOrDefault("Content-Type", "text/plain"));
            // An update reads before it writes.
            var read = ScriptedApi.Answer(HttpStatusCode.OK, """{"data":[{"id":"A","type":"rule","attributes":{"name":"A","scorecard_name":"S"}}]}""");
            // After a full page the client looks further.
            var nothing = ScriptedApi.Answer(HttpStatusCode.OK, """{"data":[]}""");
            using var client = new ScriptedApi(recording.Request.Method == "PUT" ? [read, answer] : [answer, nothing]).CreateClient();
            if (recording.Request is { Method: "POST", Path: "/api/v2/scorecard/outcomes" })
            {
                var result = await client.Outcomes.PublishAsync([new OutcomeUpdate("A", "service:a", OutcomeState.Pass)]);
                Assert.Equal(recording.Response.Status == 202, result.IsComplete);
                Assert.Equal(recording.Response.Status == 409 ? ["A"] : [], result.RefusedRuleIds);
                Assert.Equal(recording.Response.Status == 400 ? HttpStatusCode.BadRequest : null, result.Failure?.Status);
                continue;
            }
            var error = await Record.ExceptionAsync(() => CallAsync(client, recording));
            if (recording.Response.Status < 400)
            {
                Assert.True(error is null, $"{recording}: {error}");
                continue;
            }
            var exception = Assert.IsType<ScorecardApiException>(error);
            Assert.Equal(recording.Response.Status, (int)exception.Status!);
            Assert.Equal(recording.Response.Status.ToString(), Assert.Single(exception.Errors).Status);
        }
        output.WriteLine($"recordings understood by the client: {understood} of 35");
        Assert.Equal(35, understood);
    }

    static async Task CallAsync(ScorecardClient client, Recording recording)
    {
        using var answer = recording.Response.RawBody.Length == 0 ? null : JsonDocument.Parse(recording.Response.RawBody);
        var isRule = recording.Request.Path.Contains("/rules", StringComparison.Ordinal);
        switch (recording.Request.Method)
        {
            case "POST" when isRule:
                var rule = await client.Rules.AddAsync(new RuleAttributes { Name = "A", ScorecardName = "S" });
                Assert.Equal(IdOf(recording.Response.RawBody), rule.Id);
                Assert.Equal(answer!.RootElement.GetProperty("data").GetProperty("attributes").GetProperty("created_at").GetString(), rule.Attributes.CreatedAt.ToString());
                Assert.Null(rule.Attributes.Unknown);
                break;
            case "POST":
                var batch = await client.Outcomes.AddAsync([new ServiceOutcome("A", "my-service", OutcomeState.Pass)]);
                Assert.Equal((1, 1, "my-service"), (batch.TotalReceived, batch.TotalUpdated, Assert.Single(batch.Outcomes).Attributes.ServiceName));
                break;
            case "PUT":
                await client.Rules.UpdateAsync("A", attributes => attributes);
                break;
            case "DELETE":
                await client.Rules.RemoveAsync("A");
                break;
            case "GET" when isRule:
                var rules = client.Rules.ListAsync();
                Assert.Equal(answer!.RootElement.GetProperty("data").GetArrayLength(), await rules.CountAsync());
                break;
            case "GET":
                var outcomes = client.Outcomes.ListAsync();
                Assert.Equal(answer!.RootElement.GetProperty("data").GetArrayLength(), await outcomes.CountAsync());
                break;
        }
    }

    /// <summary>Ids and times by shape; all else, down to the escapes and the order of the keys, as it is.</summary>
    static string Shape(string body) => Ids().Replace(Times().Replace(body, "\"<time>\""), "\"id\":\"<id>\"");

    /// <summary>Members that the API did not have yet when the exchange was recorded.</summary>
    static string WithoutWhatCameLater(string body, DateTimeOffset recordedAt)
    {
        if (recordedAt < new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero))
            body = body.Replace("\"level\":3,", "", StringComparison.Ordinal);
        if (recordedAt < new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
            body = OutcomesTimeOfCreation().Replace(body, "$1");
        if (recordedAt < new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero))
            body = PolicyScopes().Replace(body, "");
        return body;
    }

    static string IdOf(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("data").GetProperty("id").GetString()!;
    }

    [GeneratedRegex("""
        "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z"
        """)]
    private static partial Regex Times();

    [GeneratedRegex("""
        "id":"([^"\\]|\\.)+"
        """)]
    private static partial Regex Ids();

    [GeneratedRegex("""
        ("type":"outcome","attributes":\{)"created_at":"[^"]+",
        """)]
    private static partial Regex OutcomesTimeOfCreation();

    [GeneratedRegex("""
        "policy_scope":\{"data":\{"id":"[^"]+","type":"policy-scope"\}\},|,"included":\[\{"id":"[^"]+","type":"policy-scope","attributes":\{"scopes":\[[^\]]+\]\}\}\]
        """)]
    private static partial Regex PolicyScopes();
}
