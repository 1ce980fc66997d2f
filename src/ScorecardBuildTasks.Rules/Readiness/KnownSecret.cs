using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>A kind of key that its issuer made recognisable.</summary>
/// <param name="What">What it is called, with the part of its form that everybody knows.</param>
/// <param name="Marker">Text that every key of the kind has.</param>
sealed record KnownSecret(string What, string Marker, Regex Form)
{
    const int LeastDistinctCharacters = 8;

    static readonly KnownSecret[] All =
    [
        Of("an AWS access key (AKIA…)", "AKIA", @"(?<![A-Za-z0-9])AKIA(?<key>[A-Z2-7]{16})(?![A-Za-z0-9])"),
        Of("a temporary AWS access key (ASIA…)", "ASIA", @"(?<![A-Za-z0-9])ASIA(?<key>[A-Z2-7]{16})(?![A-Za-z0-9])"),
        .. new[] { "ghp_", "gho_", "ghu_", "ghs_", "ghr_" }.Select(p => Of($"a GitHub token ({p}…)", p, $"(?<![A-Za-z0-9]){p}(?<key>[A-Za-z0-9]{{36,}})")),
        Of("a GitHub token (github_pat_…)", "github_pat_", "github_pat_(?<key>[A-Za-z0-9]{22}_[A-Za-z0-9]{59})"),
        Of("a GitLab token (glpat-…)", "glpat-", "glpat-(?<key>[A-Za-z0-9_-]{20,})"),
        Of("a Slack token (xox…)", "xox", "(?<![A-Za-z0-9])xox[abeprs]-(?<key>(?:[0-9]{8,}-)+[A-Za-z0-9]{16,})"),
        Of("a Slack webhook", "hooks.slack.com/services/", "hooks\\.slack\\.com/services/(?<key>T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,})"),
        Of("a Stripe live key (sk_live_…)", "sk_live_", "sk_live_(?<key>[A-Za-z0-9]{24,})"),
        Of("a Stripe live key (rk_live_…)", "rk_live_", "rk_live_(?<key>[A-Za-z0-9]{24,})"),
        Of("a Google API key (AIza…)", "AIza", "(?<![A-Za-z0-9])AIza(?<key>[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])"),
        Of("a SendGrid key (SG.…)", "SG.", "(?<![A-Za-z0-9])SG\\.(?<key>[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])"),
        Of("an npm token (npm_…)", "npm_", "(?<![A-Za-z0-9])npm_(?<key>[A-Za-z0-9]{36})(?![A-Za-z0-9])"),
        Of("an Azure account key (AccountKey=…)", "AccountKey=", "AccountKey=(?<key>[A-Za-z0-9+/]{86}==)"),
        Of("an Azure shared access key (SharedAccessKey=…)", "SharedAccessKey=", "SharedAccessKey=(?<key>[A-Za-z0-9+/]{43}=)"),
        // The header alone is what code looks for that reads such files; an encrypted key opens nothing by itself.
        Of("a private key", "PRIVATE KEY-----", "-----BEGIN (?!ENCRYPTED )(?:[A-Z]+ )?PRIVATE KEY-----\\s*(?<key>[A-Za-z0-9+/=]{40}[A-Za-z0-9+/=\\s]*)"),
    ];

    /// <summary>Keys of the emulators of Azure Storage and Cosmos DB, which are the same on every machine, by how they start; and what documentation says in place of a key.</summary>
    static readonly string[] NoSecrets = ["Eby8vdM02xNO", "C2y6yDjf5/R+", "EXAMPLE", "XXXX", "xxxx", "0000"];

    static readonly string[] Markers = [.. All.Select(s => s.Marker)];

    /// <summary>Where a text may hold one.</summary>
    public static IEnumerable<int> Candidates(string text)
    {
        foreach (var marker in Markers)
        {
            for (var at = text.IndexOf(marker, StringComparison.Ordinal); at >= 0; at = text.IndexOf(marker, at + marker.Length, StringComparison.Ordinal))
                yield return at;
        }
    }

    /// <summary>What secret a string holds; null when none.</summary>
    public static string? In(string value)
    {
        foreach (var secret in All)
        {
            if (value.IndexOf(secret.Marker, StringComparison.Ordinal) >= 0 && secret.Form.Match(value) is { Success: true } match && IsSecret(match.Groups["key"].Value))
                return secret.What;
        }
        return null;
    }

    static bool IsSecret(string key) => key.Distinct().Count() >= LeastDistinctCharacters && !Array.Exists(NoSecrets, n => key.IndexOf(n, StringComparison.Ordinal) >= 0);

    static KnownSecret Of(string what, string marker, string form) => new(what, marker, new Regex(form, RegexOptions.CultureInvariant));
}
