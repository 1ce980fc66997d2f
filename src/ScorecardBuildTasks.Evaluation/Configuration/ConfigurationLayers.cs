using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Evaluation;

/// <summary>Puts configuration files on top of each other: the organisation's preset, the repository's file, the project's. The upper one wins but for what a lower one has locked.</summary>
sealed partial class ConfigurationLayers(ICollection<BuildMessage> messages, Func<string, string?> findPackage)
{
    static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Of these the upper file adds to the lower one's; everything else it replaces.</summary>
    static readonly string[] Lists = ["waivers", "teams", "wiring"];

    /// <summary>They speak of the file itself, not of what it configures.</summary>
    static readonly string[] OfTheFile = ["$schema", "extends", "locked", "maxWaiverDays"];

    readonly List<string> files = [];
    readonly List<string> missingPresets = [];
    readonly List<Place> waivers = [];
    readonly List<(string Pattern, string File)> locks = [];
    readonly JsonObject merged = [];
    int? maxWaiverDays;

    public ScorecardConfiguration Load(string? path, string? repositoryRoot)
    {
        if (repositoryRoot is not null && Path.Combine(repositoryRoot, ScorecardConfiguration.FileName) is var ofRepository && File.Exists(ofRepository))
            Add(ofRepository);
        if (!string.IsNullOrEmpty(path))
            Add(path);
        if (merged.Count == 0 && maxWaiverDays is null)
            return files.Count == 0 ? ScorecardConfiguration.Default : new ScorecardConfiguration { Files = files, MissingPresets = missingPresets };
        var configuration = merged.Deserialize(ConfigurationJson.Default.ScorecardConfiguration)!;
        return configuration with
        {
            Files = files,
            MissingPresets = missingPresets,
            MaxWaiverDays = maxWaiverDays,
            Waivers = [.. configuration.Waivers.Zip(waivers, (waiver, place) => waiver with { Place = place })],
        };
    }

    void Add(string path)
    {
        path = Path.GetFullPath(path);
        if (files.Contains(path))
            return;
        // Named before it is read: a file that cannot be read today is read again when it changes, and one that extends itself is read once.
        files.Add(path);
        byte[] text;
        JsonPlaces places;
        JsonObject layer;
        try
        {
            text = File.ReadAllBytes(path);
            if (text.AsSpan().StartsWith("\uFEFF"u8))
                text = text[3..];
            if (!text.AsSpan().ContainsAnyExcept(" \t\r\n"u8))
            {
                Invalid("the file is empty", new Place(path, 1, 1));
                return;
            }

            places = JsonPlaces.Read(path, text);
            if (places.Twice is { } twice)
            {
                Invalid($"'{twice}' is given twice", places[twice]);
                return;
            }

            if (JsonNode.Parse(text, documentOptions: Options) is not JsonObject read)
            {
                Invalid("the file holds no object", places[""]);
                return;
            }

            layer = read;
        }
        catch (JsonException e)
        {
            Invalid(Said(e), new Place(path, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1));
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Invalid(e.Message.TrimEnd('.'), new Place(path, 0, 0));
            return;
        }

        if (layer["extends"] is JsonValue extends && extends.GetValueKind() == JsonValueKind.String)
            Extend(extends.GetValue<string>(), places["extends"]);

        ScorecardConfiguration configuration;
        try
        {
            configuration = JsonSerializer.Deserialize(text, ConfigurationJson.Default.ScorecardConfiguration)!;
        }
        catch (JsonException e)
        {
            Invalid(Said(e), new Place(path, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1));
            return;
        }

        if (DropNulls(layer, "", places))
            configuration = layer.Deserialize(ConfigurationJson.Default.ScorecardConfiguration)!;
        if (FirstMistake(configuration) is { } mistake)
        {
            Invalid(mistake.Text, places[mistake.Member]);
            return;
        }

        Overlay(merged, layer, "", places);
        locks.AddRange(configuration.Locked.Select(pattern => (pattern, path)));
        maxWaiverDays = Least(maxWaiverDays, configuration.MaxWaiverDays);
    }

    /// <summary>A null would take away what lies under it, and with it what is locked there. It is told, and the file read as if it were not there.</summary>
    bool DropNulls(JsonObject layer, string path, JsonPlaces places)
    {
        var dropped = false;
        foreach (var (name, value) in layer.ToArray())
        {
            var member = path.Length == 0 ? name : $"{path}.{name}";
            if (value is JsonObject inner)
            {
                dropped |= DropNulls(inner, member, places);
            }
            else if (value is null)
            {
                Warn(BuildMessage.ConfigurationIsInvalid, $"'{member}' is null, and null takes nothing away; give it a value or remove it. It does not count", places[member]);
                dropped = layer.Remove(name);
            }
        }

        return dropped;
    }

    /// <summary>A path or a name that ends in <c>.json</c> is a file; anything else is a package.</summary>
    void Extend(string extends, Place place)
    {
        var isFile = extends.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || extends.AsSpan().ContainsAny('/', '\\');
        var file = isFile ? Path.GetFullPath(extends.Replace('\\', '/'), Path.GetDirectoryName(place.File)!)
            : findPackage(extends) is { } folder ? Path.Combine(folder, ScorecardConfiguration.FileName)
            : null;
        if (file is not null && File.Exists(file))
        {
            Add(file);
            return;
        }

        if (!isFile)
            missingPresets.Add(extends);
        Invalid(isFile ? $"'extends' names {extends}, and there is no such file" : $"'extends' names {extends}, and no package of that id that the project references has a {ScorecardConfiguration.FileName} at its root; restore first where it is referenced", place);
    }

    void Overlay(JsonObject under, JsonObject over, string path, JsonPlaces places)
    {
        foreach (var (name, value) in over)
        {
            var member = path.Length == 0 ? name : $"{path}.{name}";
            if (path.Length == 0 && OfTheFile.Contains(name, StringComparer.Ordinal))
                continue;
            if (locks.FirstOrDefault(entry => FileSystemName.MatchesSimpleExpression(entry.Pattern, member, ignoreCase: false)) is { File: { } lockedBy })
            {
                if (!JsonNode.DeepEquals(value, under[name]))
                    Warn(BuildMessage.LockedKeyIsOverridden, $"'{member}' is locked by {lockedBy} and stays as it is there; remove it here", places[member]);
            }
            else if (value is JsonArray added && path.Length == 0 && Lists.Contains(name, StringComparer.Ordinal))
            {
                if (under[name] is not JsonArray list)
                    under[name] = list = [];
                foreach (var (element, index) in added.Select((element, index) => (element, index)))
                {
                    list.Add(element?.DeepClone());
                    if (name == "waivers")
                        waivers.Add(places[$"{member}[{index}]"]);
                }
            }
            else if (value is JsonObject changed)
            {
                if (under[name] is not JsonObject inner)
                    under[name] = inner = [];
                Overlay(inner, changed, member, places);
            }
            else
            {
                under[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>What the JSON's own form cannot tell.</summary>
    static (string Text, string Member)? FirstMistake(ScorecardConfiguration configuration)
    {
        foreach (var (key, rule) in configuration.Rules)
        {
            if (key.Length == 0)
                return ("a rule has no key", "rules.");
            if (rule.Level is < 1 or > 3)
                return ($"rule '{key}' has level {rule.Level}; a level is 1, 2 or 3", $"rules.{key}.level");
            if (rule.Diagnostics?.Any(pattern => string.IsNullOrEmpty(pattern?.TrimStart('!'))) == true)
                return ($"rule '{key}' has an empty diagnostic id", $"rules.{key}.diagnostics");
            if (ScorecardRule.MistakeIn(key, rule) is { } mistake)
                return mistake;
            if (rule.AtMost < 0)
                return ($"rule '{key}' allows {rule.AtMost} findings; 0 is the least", $"rules.{key}.atMost");
            if (rule.Suppressed == OutcomeState.NotEvaluated)
                return ($"rule '{key}' has a policy that is none of skip, pass and fail", $"rules.{key}.suppressed");
            if (rule.WhenOff is not (OutcomeState.Skip or OutcomeState.Fail))
                return ($"rule '{key}' has a policy that is neither skip nor fail", $"rules.{key}.whenOff");
        }

        foreach (var (waiver, index) in configuration.Waivers.Select((waiver, index) => (waiver, index)))
        {
            if (waiver is null || waiver.Rule is null || waiver.Entity is null)
                return ("a waiver is null or names no rule or entity", $"waivers[{index}]");
            if (Justification.IsPlaceholder(waiver.Text, null))
                return ($"the waiver of {waiver.Rule} does not say why; 'text' is '{waiver.Text}'", $"waivers[{index}].text");
        }

        return configuration.Entities.FirstOrDefault(entity => string.IsNullOrEmpty(entity.Value)) is { Key: { } path } ? ($"the entity of '{path}' is empty", $"entities.{path}")
            : configuration.Teams.Any(string.IsNullOrEmpty) ? ("a team is empty", "teams")
            : configuration.Wiring.Any(string.IsNullOrEmpty) ? ("a wiring method is empty", "wiring")
            : configuration.Locked.Any(string.IsNullOrEmpty) ? ("a locked member is empty", "locked")
            : configuration.SourceLink is { } link && !LinkTemplate().IsMatch(link) ? ("'sourceLink' must start with https://, http:// or {url}", "sourceLink")
            : configuration.MaxWaiverDays < 0 ? ("the number of days is negative", "maxWaiverDays")
            : null;
    }

    static string Said(JsonException e)
    {
        if (UnknownMember().Match(e.Message) is { Success: true } unknown)
            return $"there is no member '{unknown.Groups[1].Value}'";
        if ((e.Message.Contains("could not be converted", StringComparison.Ordinal) || e.Message.Contains("not in a supported", StringComparison.Ordinal)) && e.Path is { } path)
            return $"the value of '{path.TrimStart('$', '.')}' is of the wrong kind; {KindOf(path)}";
        return e.Message.Split(" Path:", 2)[0].Split(" LineNumber:", 2)[0].Split(" |", 2)[0].TrimEnd('.', ' ');
    }

    /// <summary>What belongs at a path of the serializer's, as <c>$.rules.A.level</c>.</summary>
    static string KindOf(string path)
    {
        var type = typeof(ScorecardConfiguration);
        foreach (Match step in PathStep().Matches(path))
            type = type.IsGenericType ? type.GetGenericArguments()[^1] : ConfigurationJson.Default.GetTypeInfo(type)!.Properties.First(property => property.Name == step.Value.TrimStart('.')).PropertyType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(WaiverReason) ? $"a reason is one of {WaiverReasonConverter.Vocabulary}"
            : type == typeof(OutcomeState) ? path.EndsWith(".whenOff", StringComparison.Ordinal) ? "\"skip\" or \"fail\" belongs there" : "\"skip\", \"pass\" or \"fail\" belongs there"
            : type == typeof(DateOnly) ? "a day such as \"2027-03-31\" belongs there"
            : type == typeof(int) ? "a whole number belongs there"
            : type == typeof(bool) ? "true or false belongs there"
            : type == typeof(string) ? "a text belongs there"
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? "a list belongs there"
            : "an object belongs there";
    }

    static int? Least(int? one, int? other) => one is null || other < one ? other : one;

    void Invalid(string text, Place place) => Warn(BuildMessage.ConfigurationIsInvalid, $"{text}. Until this is corrected it does not count; the files under it and the built-in defaults do", place);

    void Warn(string code, string text, Place place) => messages.Add(new BuildMessage(code, text, place.File, place.Line, place.Column));

    [GeneratedRegex(@"\.[^.\[]+|\[[^\]]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex PathStep();

    [GeneratedRegex(@"^(https?://|\{url\})", RegexOptions.CultureInvariant)]
    private static partial Regex LinkTemplate();

    [GeneratedRegex(@"The JSON property '([^']*)' could not be mapped to any \.NET member contained in type '[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex UnknownMember();
}
