using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Api;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Scorecards;

/// <summary>The scorecards in the database.</summary>
sealed class ScorecardStore(Database database)
{
    public Task<IReadOnlyList<ScorecardRow>> ListAsync(Condition condition, Page page, CancellationToken cancellationToken)
    {
        condition.Parameters.Add("size", page.Size);
        condition.Parameters.Add("offset", page.Offset);
        return database.ReadAsync(session => session.QueryAsync<ScorecardRow>(
            $"""
            SELECT id AS Id, name AS Name, description AS Description, created_at AS CreatedAt, modified_at AS ModifiedAt
            FROM scorecards{condition} ORDER BY name, id LIMIT @size OFFSET @offset
            """, condition.Parameters), cancellationToken);
    }

    /// <summary>The id of the scorecard with this name, which is created if it is new.</summary>
    public static async Task<string> EnsureAsync(Session session, string name, Timestamp now)
    {
        var id = Identifiers.Scorecard(name);
        await session.ExecuteAsync(
            "INSERT INTO scorecards (id, name, folded_name, created_at, modified_at) VALUES (@id, @name, @foldedName, @now, @now) ON CONFLICT (id) DO NOTHING",
            new { id, name, foldedName = Condition.Fold(name), now = now.ToMicroseconds() });
        return id;
    }
}

/// <summary>A scorecard as the database has it.</summary>
sealed record ScorecardRow(string Id, string Name, string? Description, long CreatedAt, long ModifiedAt)
{
    public Scorecard ToScorecard() => new()
    {
        Id = Id,
        Attributes = new ScorecardAttributes
        {
            CreatedAt = TimestampExtensions.FromMicroseconds(CreatedAt),
            Description = Description,
            ModifiedAt = TimestampExtensions.FromMicroseconds(ModifiedAt),
            Name = Name,
        },
    };
}
