using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Finds the private key that a file holds: as PEM, or as a JSON Web Key, whose members some libraries write with capital letters.</summary>
static class PrivateKeyFile
{
    static readonly Regex Pem = new("-----BEGIN [A-Z ]*PRIVATE KEY-----", RegexOptions.CultureInvariant);
    static readonly Regex Type = new("\"kty\"\\s*:\\s*\"(?:RSA|EC|OKP)\"", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    static readonly Regex PrivatePart = new("\"d\"\\s*:\\s*\"[A-Za-z0-9_-]{32,}\"", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Where the key is told to be one, and what it is; null for a public key, a certificate and anything else.</summary>
    public static (TextSpan Place, string What)? In(string text)
    {
        if (KnownSecret.In(text) is { } what && Pem.Match(text) is { Success: true } header)
            return (new TextSpan(header.Index, header.Length), what);
        return Type.Match(text) is { Success: true } type && PrivatePart.IsMatch(text) ? (new TextSpan(type.Index, type.Length), "a private key (a JSON Web Key)") : null;
    }
}
