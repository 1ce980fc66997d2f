using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ScorecardBuildTasks.Server;

/// <summary>Ids in the forms that the API uses.</summary>
static class Identifiers
{
    // The API's namespace for scopes is not known; ids are stable within every server of this kind.
    static readonly Guid ScopeNamespace = new("6f7c1f0e-3a52-5c0b-9d8e-1f2a4b7c9e10");

    // The ids that the API was seen to give, in every organisation.
    static readonly Dictionary<string, string> KnownScopes = new()
    {
        ["kind:service"] = "ae07a16e-1319-5e61-bdba-b3026bc2bdcd",
        ["kind:api"] = "265a204b-3981-57d8-937a-c37e90e41a4c",
        ["env:prod team:platform"] = "5600279c-60f3-5784-8aca-d2f2a25ba022",
    };

    public static string NewRule() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789_", 16);

    public static string NewCampaign() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 16);

    public static string NewAsyncRequest() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 21);

    public static string NewOutcome() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));

    /// <summary>The same for the same name, wherever and whenever it is created.</summary>
    public static string Scorecard(string name) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 9));

    /// <summary>A UUID of version 5 (RFC 9562): the same for the same query.</summary>
    public static string EntityScope(string query)
    {
        if (KnownScopes.TryGetValue(query, out var known))
            return known;
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        // CA5350: do not use weak cryptographic algorithms. Version 5 is defined by SHA-1 and keeps nothing secret.
#pragma warning disable CA5350
        SHA1.HashData([.. ScopeNamespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(query)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
