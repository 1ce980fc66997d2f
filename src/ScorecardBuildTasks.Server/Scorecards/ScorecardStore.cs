using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Scorecards;

/// <summary>The scorecards in the database.</summary>
static class ScorecardStore
{
    /// <summary>The id of the scorecard with this name, which is created if it is new.</summary>
    public static async Task<string> EnsureAsync(Session session, string name, Timestamp now)
    {
        var id = Identifiers.Scorecard(name);
        await session.ExecuteAsync(
            "INSERT INTO scorecards (id, name, created_at, modified_at) VALUES (@id, @name, @now, @now) ON CONFLICT (id) DO NOTHING",
            new { id, name, now = now.ToMicroseconds() });
        return id;
    }
}
