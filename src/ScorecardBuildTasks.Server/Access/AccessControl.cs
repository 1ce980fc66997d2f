using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Access;

/// <summary>Knows which credentials are good for what.</summary>
sealed class AccessControl(Database database)
{
    // Decided once: a server that has had keys stays closed when they are gone.
    volatile bool isOpen;

    /// <summary>Lets programs of this machine do everything as long as there are no keys.</summary>
    public void OpenToThisMachine() => isOpen = true;

    /// <summary>Makes the given keys the only ones; with none given, those in the database stay.</summary>
    public Task DeclareAsync(IReadOnlyList<AccessKey> keys, CancellationToken cancellationToken) =>
        keys.Count == 0 ? Task.CompletedTask : database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("DELETE FROM access_keys");
            foreach (var key in keys)
            {
                await session.ExecuteAsync(
                    "INSERT INTO access_keys (name, hash, scopes) VALUES (@Name, @Hash, @scopes)", new { key.Name, key.Hash, scopes = (long)key.Scopes });
            }
            return keys.Count;
        }, cancellationToken);

    public async Task<int> CountKeysAsync(CancellationToken cancellationToken) => (await KeysAsync(cancellationToken)).Count;

    /// <summary>Who asks: null without credentials; with wrong ones somebody who may do nothing; where the server is open, a program of this machine, which may do everything.</summary>
    public async Task<Caller?> IdentifyAsync(HttpRequest request)
    {
        if (Secret(request) is not { } secret)
            return null;
        var hash = AccessKey.HashOf(secret);
        var keys = await KeysAsync(request.HttpContext.RequestAborted);
        if (keys.Count == 0)
        {
            return new Caller(hash, isOpen && IsOfThisMachine(request) ? AccessScopes.All : AccessScopes.None);
        }

        // Every key is compared, each in constant time, so that the time taken tells nothing about which one was near.
        var given = Encoding.ASCII.GetBytes(hash);
        var scopes = AccessScopes.None;
        foreach (var key in keys)
            scopes |= CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(key.Hash)) ? (AccessScopes)key.Scopes : AccessScopes.None;
        return new Caller(hash, scopes);
    }

    /// <summary>Read anew for each request, so that a key declared or withdrawn by one replica counts for all at once.</summary>
    Task<IReadOnlyList<KeyRow>> KeysAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.QueryAsync<KeyRow>("SELECT hash AS Hash, scopes AS Scopes FROM access_keys"), cancellationToken);

    /// <summary>A page in a browser can give its own host this machine's address, and would then be as near as any local program: so the name counts, too.</summary>
    static bool IsOfThisMachine(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } sender && IPAddress.IsLoopback(sender) && Loopback.IsLoopback(request.Host.Host);

    static string? Secret(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && authorization.Length > Bearer.Length)
            return AccessKey.SecretOfToken(authorization[Bearer.Length..].Trim());

        var (apiKey, applicationKey) = (request.Headers["DD-API-KEY"].ToString(), request.Headers["DD-APPLICATION-KEY"].ToString());
        return apiKey.Length > 0 && applicationKey.Length > 0 ? AccessKey.SecretOfKeys(apiKey, applicationKey) : null;
    }

    sealed record KeyRow(string Hash, long Scopes);
}

/// <summary>Who sent a request, known by the hash of the credentials, and what they allow.</summary>
sealed record Caller(string Hash, AccessScopes Scopes);
