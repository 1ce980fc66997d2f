using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Scores;

/// <summary>Adds outcomes up. The entities are those that have any outcome; a rule applies to those of its scope's kind, and where it has none for one of them there is no data.</summary>
sealed class ScoreStore(Database database)
{
    const string Pairs = """
        FROM (SELECT DISTINCT entity, kind FROM outcomes) e
            INNER JOIN rules r ON r.scope_kind IS NULL OR r.scope_kind = e.kind
            LEFT JOIN outcomes o ON o.rule_id = r.id AND o.entity = e.entity
        """;

    const string Sums = """
        MIN(e.kind) AS Kind, MIN(r.level) AS Level, COUNT(DISTINCT e.entity) AS Entities,
            SUM(CASE WHEN o.state = 'pass' THEN 1 ELSE 0 END) AS Pass,
            SUM(CASE WHEN o.state = 'fail' THEN 1 ELSE 0 END) AS Fail,
            SUM(CASE WHEN o.state = 'skip' THEN 1 ELSE 0 END) AS Skip,
            SUM(CASE WHEN o.state IS NULL THEN 1 ELSE 0 END) AS NoData
        """;

    /// <summary>The orders that may be asked for.</summary>
    static readonly Dictionary<string, string> Orders = new()
    {
        ["score"] = "CASE WHEN t.Pass + t.Fail = 0 THEN 0 ELSE CAST(t.Pass AS DOUBLE PRECISION) / (t.Pass + t.Fail) END",
        ["numerator"] = "t.Pass",
        ["denominator"] = "t.Pass + t.Fail",
        ["total_pass"] = "t.Pass",
        ["total_fail"] = "t.Fail",
        ["total_skip"] = "t.Skip",
        ["total_no_data"] = "t.NoData",
    };

    /// <param name="aggregation">Whose scores.</param>
    /// <param name="condition">On the rules, as <c>r</c>.</param>
    /// <param name="sort">One of the documented orders, a hyphen before it for descending; null for the order of ids.</param>
    /// <param name="page">The part of the list.</param>
    /// <param name="cancellationToken"/>
    /// <returns>The page and the number of all.</returns>
    /// <exception cref="ApiProblem">400 where there is no such order.</exception>
    public Task<(IReadOnlyList<ScoreRow> Rows, int Total)> ListAsync(
        ScoreAggregation aggregation, Condition condition, string? sort, Page page, CancellationToken cancellationToken)
    {
        var order = Order(sort);
        // Teams are kept in a catalog, which this server has none of.
        if (aggregation == ScoreAggregation.ByTeam)
            return Task.FromResult<(IReadOnlyList<ScoreRow>, int)>(([], 0));

        var column = aggregation == ScoreAggregation.ByEntity ? "e.entity"
            : aggregation == ScoreAggregation.ByRule ? "r.id"
            : aggregation == ScoreAggregation.ByScorecard ? "r.scorecard_id"
            : "e.kind";
        var groups = $"(SELECT {column} AS Id, {Sums} {Pairs}{condition} GROUP BY {column}) t";
        condition.Parameters.Add("size", page.Size);
        condition.Parameters.Add("offset", page.Offset);
        return database.ReadAsync(async session => (
            await session.QueryAsync<ScoreRow>(
                $"SELECT t.Id, t.Kind, t.Level, t.Entities, t.Pass, t.Fail, t.Skip, t.NoData FROM {groups} ORDER BY {order}t.Id LIMIT @size OFFSET @offset", condition.Parameters),
            (int)await session.FindAsync<long>($"SELECT COUNT(*) FROM {groups}", condition.Parameters)), cancellationToken);
    }

    /// <summary>The score of each of some rules that is enabled, for entities of one kind or, with null, of all kinds.</summary>
    public static async Task<IReadOnlyList<ScoreRow>> OfRulesAsync(Session session, IReadOnlyList<string> ruleIds, string? kind)
    {
        var condition = OfEnabled(ruleIds, kind);
        return await session.QueryAsync<ScoreRow>($"SELECT r.id AS Id, {Sums} {Pairs}{condition} GROUP BY r.id ORDER BY r.id", condition.Parameters);
    }

    /// <summary>How many entities those of some rules that are enabled apply to, of one kind or, with null, of all kinds.</summary>
    public static async Task<int> CountEntitiesAsync(Session session, IReadOnlyList<string> ruleIds, string? kind)
    {
        var condition = OfEnabled(ruleIds, kind);
        return (int)await session.FindAsync<long>($"SELECT COUNT(DISTINCT e.entity) {Pairs}{condition}", condition.Parameters);
    }

    static Condition OfEnabled(IReadOnlyList<string> ruleIds, string? kind) =>
        new Condition().OneOf("r.id", ruleIds).Equal("r.enabled", true).Equal("e.kind", kind);

    static string Order(string? sort)
    {
        if (sort is null)
            return "";
        return Orders.TryGetValue(sort.TrimStart('-'), out var order)
            ? $"{order}{(sort.StartsWith('-') ? " DESC" : "")}, "
            : throw ApiProblem.InvalidParameter("sort", $"one of \"{string.Join(' ', Orders.Keys)}\"");
    }
}
