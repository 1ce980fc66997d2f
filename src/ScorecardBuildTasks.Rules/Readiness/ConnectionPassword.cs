using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>
/// Finds a password in a connection string, <c>Server=…;Password=…</c> or <c>amqp://user:password@host</c>, or in settings that spread one over keys, that is no placeholder and opens more than
/// one's own machine.
/// </summary>
static class ConnectionPassword
{
    static readonly string[] Markers = ["password", "pwd", "://"];

    static readonly HashSet<string> Passwords = new(StringComparer.OrdinalIgnoreCase) { "password", "pwd" };
    static readonly HashSet<string> Users = new(StringComparer.OrdinalIgnoreCase) { "user id", "userid", "uid", "user", "username", "user name" };
    static readonly HashSet<string> Hosts = new(StringComparer.OrdinalIgnoreCase) { "server", "data source", "datasource", "host", "addr", "address", "network address", "endpoint", "hostname" };

    /// <summary>Keys of settings that hold a host with what stands around it in an address.</summary>
    static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase) { "url", "uri" };

    /// <summary>What stands in examples and templates where a password belongs.</summary>
    static readonly string[] Placeholders =
        ["password", "passwd", "pwd", "secret", "changeme", "change_me", "change-me", "changethis", "your", "placeholder", "example", "todo", "dummy", "fake", "redacted", "hidden", "masked", "replace", "insert", "none", "null", "xxx"];

    /// <summary>Words that are a placeholder when they are all there is: real passwords contain them too.</summary>
    static readonly Regex PlaceholderWord = new("^(?:my|the|some|user|db)?[-_ ]?pass(?:word|wd|phrase)?[0-9]?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    static readonly Regex Uri = new(@"\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|amqps?|rediss?|sqlserver|nats|ftps?|sftp)://(?<user>[^\s:/@]*):(?<password>[^\s/@]+)@(?<host>\[[^\]]+\]|[^\s:/,;?]+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Where a text may hold one.</summary>
    public static IEnumerable<int> Candidates(string text)
    {
        foreach (var marker in Markers)
        {
            for (var at = text.IndexOf(marker, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(marker, at + marker.Length, StringComparison.OrdinalIgnoreCase))
            {
                if (marker == "://" || IsAssigned(text, at + marker.Length))
                    yield return at;
            }
        }
    }

    /// <summary>The host that a string's password opens; null when it has none.</summary>
    /// <param name="isDevelopment">The string is for development, where a host without a domain is a container on one's own machine.</param>
    public static string? HostOf(string value, bool isDevelopment)
    {
        var (host, user, password) = Parts(value);
        return Opens(host, user, password, isDevelopment) ? host : null;
    }

    /// <summary>Whether a text has the name of a password.</summary>
    public static bool IsNamedIn(string text) => Passwords.Any(name => text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The password that stands beside a host among the members of one object, and the host; null when there are not both.</summary>
    public static (JsonString Password, string Host)? In(IEnumerable<JsonString> members, bool isDevelopment)
    {
        var (host, user, password) = ((string?)null, "", (JsonString?)null);
        foreach (var member in members)
        {
            if (Passwords.Contains(member.Key!))
                password = member;
            else if (Users.Contains(member.Key!))
                user = member.Value;
            else if (Hosts.Contains(member.Key!) || Addresses.Contains(member.Key!))
                host ??= HostIn(member.Value);
        }
        return password is not null && Opens(host, user, password.Value, isDevelopment) ? (password, host!) : null;
    }

    static bool Opens(string? host, string user, string? password, bool isDevelopment) =>
        password is not null && !IsPlaceholder(password) && password != user && host is not (null or "") && !IsLocal(host, isDevelopment);

    /// <summary>Null for an address that people live at.</summary>
    static string? HostIn(string address)
    {
        if (address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
            address = address.Substring(scheme + "://".Length).Split('/', '?', '#')[0];
        address = address.Substring(address.LastIndexOf('@') + 1);
        return address.Any(char.IsWhiteSpace) ? null : address;
    }

    static bool IsAssigned(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        return at < text.Length && text[at] == '=';
    }

    /// <summary>Without a host it is no connection string: a form's body has users and passwords too.</summary>
    static (string? Host, string User, string? Password) Parts(string value)
    {
        if (Uri.Match(value) is { Success: true } match)
            return (match.Groups["host"].Value, match.Groups["user"].Value, match.Groups["password"].Value);
        // `redis:6379,password=…` has commas; a server's port has one too.
        var (host, user, password) = ((string?)null, "", (string?)null);
        foreach (var part in value.Split(value.Contains(";") ? ';' : ','))
        {
            var sign = part.IndexOf('=');
            var (key, content) = sign < 0 ? (part.Trim(), "") : (part.Substring(0, sign).Trim(), part.Substring(sign + 1).Trim().Trim('\'', '"'));
            if (sign < 0 && host is null && !value.Contains(";") && key.Contains(":"))
                host = key;
            else if (Passwords.Contains(key))
                password = content;
            else if (Users.Contains(key))
                user = content;
            else if (Hosts.Contains(key))
                host = content;
        }
        return (host, user, password);
    }

    static bool IsPlaceholder(string password)
    {
        var letters = password.ToLowerInvariant();
        return password.Trim().Length == 0 || password.IndexOfAny(['{', '}', '<', '>', '…']) >= 0 || password.Contains("$(") || password.Contains("...")
            || password[0] is '$' or '[' || (password[0] == '%' && password[password.Length - 1] == '%') || (password.StartsWith("__", StringComparison.Ordinal) && password.EndsWith("__", StringComparison.Ordinal))
            || password.Distinct().Count() < 3 || Array.Exists(Placeholders, p => letters.Contains(p)) || PlaceholderWord.IsMatch(password);
    }

    static bool IsLocal(string host, bool isDevelopment)
    {
        var name = host.ToLowerInvariant();
        if (name.StartsWith("tcp:", StringComparison.Ordinal))
            name = name.Substring("tcp:".Length);
        var first = name.Split(',', '\\')[0].Trim();
        if (first.Length > 0 && first[0] != '[' && first.IndexOf(':') is > 0 and var port && first.LastIndexOf(':') == port)
            first = first.Substring(0, port);
        return first is "localhost" or "*" or "+" or "." or "(local)" or "::1" or "[::1]" or "0.0.0.0" or "host.docker.internal"
            || first.StartsWith("127.", StringComparison.Ordinal) || first.StartsWith("(localdb)", StringComparison.Ordinal) || first.EndsWith(".localhost", StringComparison.Ordinal)
            || first.IndexOf('{') >= 0
            || (isDevelopment && first.IndexOf('.') < 0);
    }
}
