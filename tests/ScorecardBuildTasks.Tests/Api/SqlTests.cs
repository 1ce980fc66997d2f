namespace ScorecardBuildTasks.Tests.Api;

/// <summary>Every statement of every other test passes the list too: see <see cref="TestApi"/>.</summary>
public sealed class SqlTests
{
    [Theory]
    [InlineData("SELECT id FROM rules WHERE name ILIKE @name")]
    [InlineData("SELECT id::text FROM rules")]
    [InlineData("SELECT id || name FROM rules")]
    [InlineData("INSERT INTO rules (id) VALUES (@id) RETURNING id")]
    [InlineData("INSERT OR REPLACE INTO rules (id) VALUES (@id)")]
    [InlineData("SELECT id FROM rules FOR UPDATE")]
    [InlineData("select id from rules")]
    [InlineData("PRAGMA foreign_keys = ON")]
    [InlineData("CREATE EXTENSION pg_trgm")]
    [InlineData("CREATE TABLE x (id BIGSERIAL)")]
    [InlineData("SELECT colour FROM rules")]
    [InlineData("SELECT id FROM rules WHERE data @> '{}'")]
    [InlineData("DELETE FROM rules; DELETE FROM outcomes")]
    public void StatementOfOneDatabaseOnlyIsRefused(string statement) => Assert.NotNull(SqlAllowList.Refuse(statement));

    [Theory]
    [InlineData("SELECT id AS Id FROM rules WHERE name = @name AND state = 'ILIKE'")]
    [InlineData("INSERT INTO rules (id) VALUES (@id) ON CONFLICT (id) DO NOTHING")]
    public void StatementOfAllIsAllowed(string statement) => Assert.Null(SqlAllowList.Refuse(statement));
}
