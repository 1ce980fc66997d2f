using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>What a logging framework does with events, as its settings tell.</summary>
enum LogForm
{
    /// <summary>The settings name no target.</summary>
    Unset,

    /// <summary>Lines of text, or JSON without trace ids.</summary>
    Text,

    /// <summary>Something that is not known.</summary>
    Unknown,

    /// <summary>Sent off, or structured, with trace ids.</summary>
    Exported,
}

/// <summary>Reads where logging frameworks send events from their settings: Serilog's and NLog's sections of appsettings.json, and the files of NLog and log4net.</summary>
static class LogTargets
{
    static readonly Regex TypeAttribute = new("""\btype\s*=\s*["'](?<type>[^"']+)["']""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    static readonly Regex Exporting = new("^(nlog-)?(opentelemetry.*|otlp.*|seq|bufferingseq|elastic.*|applicationinsights.*|grafanaloki|loki|splunk.*|gelf.*|awstarget|googlestackdriver|datadog.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    static readonly Regex Structured = new("json|ecslayout|elasticcommonschema|serializedlayout", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    static readonly Regex Correlated = new(@"\$\{activity|trace[._-]?id|includeScopeProperties\s*=\s*.?true|includeMdlc\s*=\s*.?true|ecslayout|elasticcommonschema", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    static readonly Regex Plain = new("^(log4net\\..*|.*wrapper|.*group|file|console|coloredconsole|debugger|debug|debugsystem|null|memory|trace|eventlog|mail|simplelayout|csvlayout|limiting|when\\w*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>A file like nlog.config or log4net.config.</summary>
    public static LogForm InFile(string xml) => Of(TypeAttribute.Matches(xml).Cast<Match>().Select(m => m.Groups["type"].Value), xml);

    /// <summary>NLog's section.</summary>
    public static LogForm OfNLog(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var section = settings.Where(s => s.Key.StartsWith("NLog:", StringComparison.OrdinalIgnoreCase)).ToList();
        return Of(section.Where(s => s.Key.EndsWith(":type", StringComparison.OrdinalIgnoreCase)).Select(s => s.Value), string.Join("\n", section.Select(s => $"{LastPart(s.Key)}={s.Value}")));
    }

    /// <summary>Serilog's section: names of sinks and, where they are given one, of formatters.</summary>
    public static LogForm OfSerilog(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var form = LogForm.Unset;
        foreach (var setting in settings)
        {
            if (!setting.Key.StartsWith("Serilog:WriteTo", StringComparison.OrdinalIgnoreCase) && !setting.Key.StartsWith("Serilog:AuditTo", StringComparison.OrdinalIgnoreCase))
                continue;
            var name = LastPart(setting.Key);
            var parent = LastPart(setting.Key.Substring(0, setting.Key.Length - name.Length - 1));
            var isSink = name.Equals("Name", StringComparison.OrdinalIgnoreCase) || (name.All(char.IsDigit) && parent.EndsWith("To", StringComparison.OrdinalIgnoreCase));
            var isFormatter = name.Equals("formatter", StringComparison.OrdinalIgnoreCase) || (name.Equals("type", StringComparison.OrdinalIgnoreCase) && parent.Equals("formatter", StringComparison.OrdinalIgnoreCase));
            var isTemplate = name.Equals("template", StringComparison.OrdinalIgnoreCase);
            var found = isSink ? OfSink(setting.Value)
                : isFormatter ? OfFormatter(setting.Value)
                : isTemplate && setting.Value.Contains("@tr") ? LogForm.Exported : LogForm.Unset;
            form = found > form ? found : form;
        }
        return form;
    }

    static LogForm OfSink(string name) => LoggingApis.ExportingSinks.Contains(name) ? LogForm.Exported : LoggingApis.TextSinks.Contains(name) ? LogForm.Text : LogForm.Unknown;

    static LogForm OfFormatter(string type) =>
        type.IndexOf("ExpressionTemplate", StringComparison.Ordinal) >= 0 ? LogForm.Text
        : type.IndexOf("Json", StringComparison.Ordinal) >= 0 || type.IndexOf("EcsTextFormatter", StringComparison.Ordinal) >= 0 ? LogForm.Exported : LogForm.Unknown;

    static LogForm Of(IEnumerable<string> types, string text)
    {
        var form = LogForm.Unset;
        foreach (var type in types.Select(t => t.Split(',')[0].Trim()))
        {
            var found = Exporting.IsMatch(type) ? LogForm.Exported
                : Structured.IsMatch(type) ? Correlated.IsMatch(text) ? LogForm.Exported : LogForm.Text
                : Plain.IsMatch(type) ? LogForm.Text : LogForm.Unknown;
            form = found > form ? found : form;
        }
        return form;
    }

    static string LastPart(string path) => path.Substring(path.LastIndexOf(':') + 1);
}
