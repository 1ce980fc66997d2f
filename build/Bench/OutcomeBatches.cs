using System.Text;

namespace Build.Bench;

/// <summary>Outcomes as they come: each service brings one of every rule at a time; most pass.</summary>
static class OutcomeBatches
{
    public const string Remarks = "commit 1a2b3c4 · 2026-11-22T10:15:00Z";

    public static IEnumerable<(string Rule, string Entity, string State)> Of(IReadOnlyList<string> rules, int firstService, int count)
    {
        for (var number = 0; number < count; number++)
            yield return (rules[number % rules.Count], $"shop-{firstService + (number / rules.Count)}", (number % 20) switch { < 16 => "pass", < 19 => "fail", _ => "skip" });
    }

    /// <summary>The body of a request that brings them.</summary>
    public static byte[] ToRequest(this IEnumerable<(string Rule, string Entity, string State)> outcomes)
    {
        var results = outcomes.Select(outcome => $$"""{"rule_id":"{{outcome.Rule}}","entity_reference":"service:{{outcome.Entity}}","state":"{{outcome.State}}","remarks":"{{Remarks}}"}""");
        return Encoding.UTF8.GetBytes($$"""{ "data": { "type": "batched-outcome", "attributes": { "results": [{{string.Join(',', results)}}] } } }""");
    }
}
