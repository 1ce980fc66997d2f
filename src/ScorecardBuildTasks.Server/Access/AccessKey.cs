using System.Security.Cryptography;
using System.Text;

namespace ScorecardBuildTasks.Server.Access;

/// <summary>Credentials that a server accepts: a pair of keys or a bearer token, of which only a hash is kept.</summary>
public sealed record AccessKey
{
    AccessKey(string name, string secret, AccessScopes scopes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Scopes = scopes;
        Hash = HashOf(secret);
    }

    /// <summary>What the key is called where it is administered.</summary>
    public string Name { get; }

    public AccessScopes Scopes { get; }

    /// <summary>SHA-256 in hexadecimal: the secrets are random and long, so there is nothing to slow down or to salt.</summary>
    internal string Hash { get; }

    public static AccessKey ForKeys(string name, string apiKey, string applicationKey, AccessScopes scopes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        ArgumentException.ThrowIfNullOrWhiteSpace(applicationKey);
        return new AccessKey(name, SecretOfKeys(apiKey, applicationKey), scopes);
    }

    public static AccessKey ForToken(string name, string token, AccessScopes scopes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        return new AccessKey(name, SecretOfToken(token), scopes);
    }

    /// <summary>
    /// Reads <c>NAME:API_KEY:APPLICATION_KEY:SCOPES</c> or <c>NAME:TOKEN:SCOPES</c>, several separated by commas; scopes are
    /// <c>read</c>, <c>write</c> (everything), or the API's own names joined with <c>+</c>.
    /// </summary>
    /// <exception cref="FormatException">Names the entry by its number, never by its content.</exception>
    public static IReadOnlyList<AccessKey> ParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((entry, index) => entry.Split(':') switch
        {
            [var name, var apiKey, var applicationKey, var scopes] => ForKeys(name, apiKey, applicationKey, ParseScopes(scopes)),
            [var name, var token, var scopes] => ForToken(name, token, ParseScopes(scopes)),
            _ => throw new FormatException($"Key {index + 1} is not of the form NAME:API_KEY:APPLICATION_KEY:SCOPES or NAME:TOKEN:SCOPES."),
        })];
    }

    internal static string SecretOfKeys(string apiKey, string applicationKey) => $"keys\0{apiKey}\0{applicationKey}";

    internal static string SecretOfToken(string token) => $"token\0{token}";

    internal static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    static AccessScopes ParseScopes(string text) => text.Split('+').Aggregate(AccessScopes.None, (scopes, name) => scopes | name switch
    {
        "read" => AccessScopes.Read,
        "write" => AccessScopes.All,
        "apm_service_catalog_read" => AccessScopes.CatalogRead,
        "apm_service_catalog_write" => AccessScopes.CatalogWrite,
        "cases_read" => AccessScopes.CasesRead,
        "cases_write" => AccessScopes.CasesWrite,
        _ => throw new FormatException($"'{name}' is not a scope: read, write, apm_service_catalog_read, apm_service_catalog_write, cases_read, cases_write."),
    });
}
