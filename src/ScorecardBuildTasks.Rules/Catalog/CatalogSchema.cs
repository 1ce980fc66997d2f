using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Catalog;

/// <summary>
/// The keys and values that each version of the catalog's file format has, after the JSON schemas that its product publishes (https://github.com/DataDog/schema,
/// service-catalog). Where a slip lets those take anything, for code locations and queries, the table goes by what they mean, and takes keys that they do not name.
/// </summary>
static class CatalogSchema
{
    static readonly CatalogShape Text = new TextShape();
    static readonly CatalogShape Filled = new TextShape(leastLength: 1);
    static readonly CatalogShape Texts = new ListShape(Text);
    static readonly CatalogShape Anything = new MapShape(isOpen: true, also: null);
    static readonly CatalogShape Address = new TextShape(form: "no complete address (https://…)", fits: IsAddress);
    static readonly CatalogShape HttpsAddress = new TextShape(form: "no address that starts with https://", fits: IsHttps);
    static readonly CatalogShape Mail = new TextShape(form: "no mail address", fits: IsMail);
    static readonly CatalogShape ContactName = new TextShape(leastLength: 2);

    static readonly CatalogShape PagerDutyService = Matching(@"^(https?://)?[\w.-]+\.pagerduty\.com/service-directory/P[\w-]+/?$", "no address of a service in PagerDuty's directory");
    static readonly CatalogShape OpsgenieService = Matching(@"^(https?://)?[\w.-]+\.opsgenie\.com/service/[\w-]+/?$", "no address of a service of Opsgenie");
    static readonly CatalogShape Opsgenie = Map(("service-url!", OpsgenieService), ("region", OneOf("US", "EU")));

    static readonly CatalogShape AnyLink = Map(("name!", Text), ("type!", Text), ("url!", Address), ("provider", Text));
    static readonly CatalogShape EarlyLinkType = OneOf("doc", "wiki", "runbook", "url", "repo", "dashboard", "oncall", "code", "link");
    static readonly CatalogShape NamedAddress = Map(("name!", Filled), ("provider", Filled), ("url!", Address));

    static readonly CatalogShape V1 = Map(
        ("schema-version", Text),
        ("info!", Map(("dd-service!", Text), ("description", Text), ("display-name", Text), ("service-tier", Text))),
        ("org", Map(("team", Text), ("application", Text))),
        ("contact", Map(("email", Mail), ("slack", HttpsAddress))),
        ("external-resources", new ListShape(Map(("name!", Text), ("type!", EarlyLinkType), ("url!", Address)))),
        ("tags", Texts),
        ("integrations", Map(("pagerduty", Matching(@"https://[\w-]+.pagerduty\.com/service-directory/P[\w-]+", "no address of a service in PagerDuty's directory")), ("github", Address))),
        ("extensions", Anything));

    static readonly CatalogShape V2 = Map(
        ("schema-version!", Text), ("dd-service!", Filled), ("team", Filled), ("dd-team", Filled), ("tags", Texts), ("extensions", Anything),
        ("contacts", Contacts(OneOf("email", "slack", "microsoft-teams"), SlackIsHttps)),
        ("links", new ListShape(Map(("name!", Filled), ("type!", EarlyLinkType), ("url!", Address)))),
        ("repos", new ListShape(NamedAddress)),
        ("docs", new ListShape(NamedAddress)),
        ("integrations", Map(("pagerduty", PagerDutyService), ("opsgenie", Opsgenie))));

    static readonly CatalogShape V21 = Map(
        ("schema-version!", Text), ("dd-service!", Text), ("team", Text), ("application", Text), ("description", Text), ("tier", Text), ("lifecycle", Text), ("tags", Texts), ("extensions", Anything),
        ("contacts", Contacts(OneOf("email", "slack", "microsoft-teams"), SlackIsHttps)),
        ("links", new ListShape(Map(("name!", Text), ("type!", OneOf("doc", "runbook", "repo", "dashboard", "other")), ("url!", Address), ("provider", Text)))),
        ("integrations", Map(("pagerduty", Map(("service-url!", PagerDutyService))), ("opsgenie", Opsgenie))));

    static readonly CatalogShape V22 = Map(
        ("schema-version!", Text), ("dd-service!", Text), ("team", Text), ("application", Text), ("description", Text), ("tier", Text), ("lifecycle", Text), ("tags", Texts), ("extensions", Anything),
        ("type", OneOf("web", "db", "cache", "function", "browser", "mobile", "custom")), ("languages", Texts), ("ci-pipeline-fingerprints", Texts),
        ("contacts", Contacts(Text, OthersAreAddresses)),
        ("links", new ListShape(AnyLink)),
        ("integrations", Map(("pagerduty", Map(("service-url!", PagerDutyService))), ("opsgenie", Opsgenie))));

    static readonly CatalogShape Metadata = Map(
        ("name!", Filled), ("id", Filled), ("inheritFrom", Text), ("managed", Anything), ("owner", Text), ("description", Text), ("displayName", Text), ("tags", Texts),
        ("additionalOwners", new ListShape(Map(("name!", Text), ("type", Text)))),
        ("contacts", Contacts(Text, MailIsMail)),
        ("links", new ListShape(AnyLink)));

    static readonly CatalogShape Integrations = Map(
        ("pagerduty", Map(("serviceURL!", Filled))),
        ("opsgenie", Map(("serviceURL!", Filled), ("region", Filled))),
        ("jiraServiceManagementOps", Map(("teamURL!", Filled))),
        ("sentry", Map(("projectSlugs!", new ListShape(Filled, least: 1)))),
        ("terraform", Map(("workspaceIds!", new ListShape(Matching("^ws-[a-zA-Z0-9]+$", "no id of a workspace (ws-…)"), least: 1)))));

    static readonly CatalogShape Queries = new ListShape(new MapShape(isOpen: true, also: null, ("name", Text), ("query", Text)));

    static readonly CatalogShape Datadog = Map(
        ("pipelines", Map(("fingerprints", Texts))), ("events", Queries), ("logs", Queries), ("performanceData", Anything),
        ("codeLocations", new ListShape(new MapShape(isOpen: true, also: null, ("repositoryURL", Text), ("paths", Texts)))));

    static readonly (string, CatalogShape)[] Component = [("lifecycle", Filled), ("tier", Filled), ("type", Text), ("componentOf", Texts)];

    /// <summary>By kind; a kind that is not here is a company's own.</summary>
    static readonly Dictionary<string, CatalogShape> V3 = new(StringComparer.Ordinal)
    {
        ["service"] = Entity(Component, ("languages", Texts), ("dependsOn", Texts)),
        ["queue"] = Entity(Component, ("dependsOn", Texts), ("dependencyOf", Texts)),
        ["datastore"] = Entity(Component, ("dependsOn", Texts), ("dependencyOf", Texts)),
        ["system"] = Entity(Component, ("components", Texts)),
        ["application"] = Entity([], ("lifecycle", Filled), ("tier", Filled), ("components", Texts)),
        ["api"] = Entity(Component, ("implementedBy", Texts), ("interface", new MapShape(isOpen: false, FileOrDefinition, ("fileRef", Address), ("definition", Anything)))),
        [""] = Entity(Component, ("dependsOn", Texts), ("dependencyOf", Texts)),
    };

    /// <summary>What keeps a document from being valid in the version that it says it is of; nothing is said of a version that is not known here.</summary>
    public static IReadOnlyList<TextError> MistakesIn(CatalogDocument document)
    {
        var mistakes = new List<TextError>();
        if (document.IsForeign)
            return mistakes;
        var shape = document.SchemaVersion switch
        {
            "v1" => V1,
            "v2" => V2,
            "v2.1" => V21,
            "v2.2" => V22,
            "v3" => V3.TryGetValue(document.Kind ?? "", out var kind) ? kind : V3[""],
            _ => null,
        };
        if (shape is not null)
            shape.Check(document.Root, "", mistakes);
        else if ((document.Root["apiVersion"] ?? document.Root["schema-version"]) is { } version)
            mistakes.Add(new TextError(version.Line, version.Column, $"'{version.Text}' is no version; there are v2, v2.1, v2.2 and v3"));
        else
            mistakes.Add(new TextError(document.Line, 1, "no version is said; v3 says it in 'apiVersion', those before in 'schema-version'"));
        mistakes.Sort((one, other) => one.Line != other.Line ? one.Line.CompareTo(other.Line) : one.Column.CompareTo(other.Column));
        return mistakes;
    }

    static MapShape Map(params (string, CatalogShape)[] keys) => new(isOpen: false, also: null, keys);

    static MapShape Entity((string, CatalogShape)[] common, params (string, CatalogShape)[] spec) => Map(
        ("apiVersion!", Text), ("kind!", Matching("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "no kind, which is written in small letters and hyphens")), ("metadata!", Metadata), ("spec", Map(common.Concat(spec).ToArray())),
        ("integrations", Integrations), ("datadog", Datadog), ("extensions", Anything));

    static ListShape Contacts(CatalogShape type, Action<YamlNode, string, ICollection<TextError>> also) =>
        new(new MapShape(isOpen: false, also, ("name", ContactName), ("type!", type), ("contact!", Text)));

    static void MailIsMail(YamlNode contact, string path, ICollection<TextError> mistakes)
    {
        if (contact["type"]?.Value == "email" && contact["contact"] is { IsText: true } address)
            Mail.Check(address, path + ".contact", mistakes);
    }

    static void SlackIsHttps(YamlNode contact, string path, ICollection<TextError> mistakes)
    {
        MailIsMail(contact, path, mistakes);
        if (contact["type"]?.Value == "slack" && contact["contact"] is { IsText: true } channel)
            HttpsAddress.Check(channel, path + ".contact", mistakes);
    }

    static void OthersAreAddresses(YamlNode contact, string path, ICollection<TextError> mistakes)
    {
        MailIsMail(contact, path, mistakes);
        if (contact["type"] is { IsText: true, Value: not "email" } && contact["contact"] is { IsText: true } channel)
            Address.Check(channel, path + ".contact", mistakes);
    }

    static void FileOrDefinition(YamlNode api, string path, ICollection<TextError> mistakes)
    {
        if (api["fileRef"] is null == api["definition"] is null)
            mistakes.Add(new TextError(api.Line, api.Column, $"'{path}' has either 'fileRef' or 'definition'"));
    }

    static TextShape OneOf(params string[] values) => new(form: $"none of {string.Join(", ", values)}", fits: text => values.Contains(text, StringComparer.Ordinal));

    static TextShape Matching(string pattern, string form) => new(form: form, fits: text => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant));

    static bool IsHttps(string text) => text.StartsWith("https://", StringComparison.Ordinal) && text.Length > "https://".Length;

    static bool IsAddress(string text) => text.IndexOf(':') is > 0 and var colon && colon < text.Length - 1 && char.IsLetter(text[0]) && !text.Any(char.IsWhiteSpace)
        && text.Take(colon).All(c => char.IsLetterOrDigit(c) || c is '+' or '-' or '.');

    static bool IsMail(string text) => text.IndexOf('@') is > 0 and var at && at < text.Length - 1 && text.LastIndexOf('@') == at && !text.Any(char.IsWhiteSpace);
}
