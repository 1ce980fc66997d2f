using Npgsql;

namespace Labels;

/// <summary>The labels that were printed.</summary>
public static class Archive
{
    public static async Task<string?> Find(NpgsqlDataSource database, int id)
    {
        await using var command = database.CreateCommand("select text from labels where id = $1");
        command.Parameters.AddWithValue(id);
        return (string?)command.ExecuteScalarAsync().Result;
    }
}
