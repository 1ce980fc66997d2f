namespace ScorecardBuildTasks.Tasks;

/// <summary>Makes a rule of the SDK that is hidden by default a suggestion where a scorecard rule is fed by it: csc keeps what is hidden out of the error log, and silence would read as a pass.</summary>
static class HiddenRules
{
    /// <summary>What a wildcard may mean, as the analyzers of SDK 10.0.401 declare them. IDE0005 needs more than a severity, and is meant only by its name.</summary>
    public static readonly string[] Ids =
    [
        "CA1000", "CA1001", "CA1010", "CA1036", "CA1051", "CA1200", "CA1304", "CA1305", "CA1309", "CA1310", "CA1311", "CA1707", "CA1708", "CA1710",
        "CA1711", "CA1712", "CA1715", "CA1716", "CA1720", "CA1725", "CA1727", "CA1805", "CA1838", "CA1848", "CA1852", "CA1863", "CA2201", "CA2215",
        "CA2251", "CA3061", "CA3075", "CA3076", "CA3077", "CA3147", "CA5350", "CA5351", "CA5359", "CA5360", "CA5363", "CA5364", "CA5365", "CA5366",
        "CA5368", "CA5369", "CA5370", "CA5371", "CA5372", "CA5373", "CA5374", "CA5379", "CA5384", "CA5385", "CA5397", "IDE0004", "IDE0007", "IDE0008",
        "IDE0009", "IDE0010", "IDE0011", "IDE0016", "IDE0017", "IDE0018", "IDE0019", "IDE0020", "IDE0021", "IDE0022", "IDE0023", "IDE0024", "IDE0025", "IDE0026",
        "IDE0027", "IDE0028", "IDE0029", "IDE0030", "IDE0031", "IDE0032", "IDE0033", "IDE0034", "IDE0036", "IDE0037", "IDE0039", "IDE0040", "IDE0041", "IDE0042",
        "IDE0044", "IDE0045", "IDE0046", "IDE0047", "IDE0048", "IDE0051", "IDE0052", "IDE0053", "IDE0054", "IDE0055", "IDE0056", "IDE0057", "IDE0058", "IDE0059",
        "IDE0060", "IDE0061", "IDE0062", "IDE0063", "IDE0065", "IDE0066", "IDE0070", "IDE0071", "IDE0072", "IDE0073", "IDE0074", "IDE0075", "IDE0078", "IDE0080",
        "IDE0082", "IDE0083", "IDE0090", "IDE0100", "IDE0110", "IDE0120", "IDE0121", "IDE0130", "IDE0150", "IDE0160", "IDE0161", "IDE0170", "IDE0180", "IDE0200",
        "IDE0210", "IDE0211", "IDE0220", "IDE0221", "IDE0230", "IDE0240", "IDE0241", "IDE0250", "IDE0251", "IDE0260", "IDE0270", "IDE0280", "IDE0290", "IDE0300",
        "IDE0301", "IDE0302", "IDE0303", "IDE0304", "IDE0305", "IDE0306", "IDE0320", "IDE0330", "IDE0340", "IDE0350", "IDE0360", "IDE0370", "IDE0380", "IDE0390",
        "IDE0391", "IDE0410", "IDE1005", "IDE1006", "IDE2000", "IDE2001", "IDE2002", "IDE2003", "IDE2004", "IDE2005", "IDE2006",
    ];

    /// <summary>The hidden rules that feed a rule; code style is hidden in any SDK.</summary>
    public static IEnumerable<string> AmongMapped(IEnumerable<string> mapped) => mapped.Where(id => id.StartsWith("IDE", StringComparison.Ordinal) || Ids.Contains(id, StringComparer.Ordinal));
}
