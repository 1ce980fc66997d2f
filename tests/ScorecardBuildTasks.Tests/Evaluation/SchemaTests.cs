using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>The JSON schema that ships in the package says what the reader says, of every configuration that this repository has.</summary>
public sealed class SchemaTests
{
    static readonly string Root = BuildMessageTests.Root;

    static readonly string Schema = File.ReadAllText(Path.Combine(Root, "nuget", "scorecard.schema.json"));

    /// <summary>Samples and the examples of the documentation.</summary>
    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (var file in Files("scorecard.json"))
                examples.Add(Path.GetRelativePath(Root, file), File.ReadAllText(file));
            foreach (var page in Files("*.md"))
            {
                foreach (Match example in Regex.Matches(File.ReadAllText(page), @"```jsonc\n(.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant))
                    examples.Add(Path.GetRelativePath(Root, page), example.Groups[1].Value);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task ExampleIsValid(string file, string text)
    {
        Assert.NotEmpty(file);
        Assert.Empty(await Mistakes(text));
        var withoutPreset = Regex.Replace(text, "\"extends\": \"[^\"]*\",", "");
        using var folder = new TemporaryFolder().With("scorecard.json", withoutPreset);
        var messages = new List<BuildMessage>();
        ScorecardConfiguration.Load(folder["scorecard.json"], messages);
        Assert.Empty(messages);
    }

    [Theory]
    [InlineData("""{ "rulez": {} }""")]
    [InlineData("""{ "rules": { "A": { "level": 4 } } }""")]
    [InlineData("""{ "rules": { "A": { "suppressed": "maybe" } } }""")]
    [InlineData("""{ "rules": { "A": { "whenOff": "notEvaluated" } } }""")]
    [InlineData("""{ "waivers": [{ "rule": "A", "entity": "*", "reason": "because", "text": "replaced soon", "until": "2027-03-31" }] }""")]
    [InlineData("""{ "waivers": [{ "rule": "A", "entity": "*", "reason": "planned", "until": "2027-03-31" }] }""")]
    [InlineData("""{ "rules": { "A": { "effectiveFrom": "soon" } } }""")]
    [InlineData("""{ "maxWaiverDays": -1 }""")]
    [InlineData("""{ "teams": [""] }""")]
    [InlineData("""{ "rules": { "A": { "atMost": -1 } } }""")]
    [InlineData("""{ "rules": { "A": { "diagnostics": [] } } }""")]
    [InlineData("""{ "sourceLink": "javascript:alert(1)" }""")]
    [InlineData("""{ "rules": null }""")]
    public async Task MistakeIsOneForSchemaAndReaderAlike(string text)
    {
        Assert.NotEmpty(await Mistakes(text));
        using var folder = new TemporaryFolder().With("scorecard.json", text);
        var messages = new List<BuildMessage>();
        ScorecardConfiguration.Load(folder["scorecard.json"], messages);
        Assert.Equal(BuildMessage.ConfigurationIsInvalid, Assert.Single(messages).Code);
    }

    [Fact]
    public void SchemaHasEveryMemberAndNoOther()
    {
        var schema = JsonNode.Parse(Schema)!;
        Assert.Equal(MembersOf<ScorecardConfiguration>(), NamesIn(schema));
        Assert.Equal(MembersOf<RuleConfiguration>(), NamesIn(schema["definitions"]!["rule"]!));
        Assert.Equal(MembersOf<Waiver>(), NamesIn(schema["definitions"]!["waiver"]!));

        static IEnumerable<string> NamesIn(JsonNode node) => node["properties"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal);
        static IEnumerable<string> MembersOf<T>() => ConfigurationJson.Default.GetTypeInfo(typeof(T))!.Properties.Where(property => property.Get is not null).Select(property => property.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void PageNamesEveryMemberAndEveryWaiverReason()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "scorecard.json.md"));
        var schema = JsonNode.Parse(Schema)!;
        var members = ((JsonNode[])[schema, schema["definitions"]!["rule"]!, schema["definitions"]!["waiver"]!]).SelectMany(node => node["properties"]!.AsObject().Select(member => $"\"{member.Key}\": "));
        var reasons = schema["definitions"]!["waiver"]!["properties"]!["reason"]!["enum"]!.AsArray().Select(reason => $"| `{reason}` |");
        Assert.All(members.Concat(reasons), text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    static IEnumerable<string> Files(string pattern) =>
        ((string[])["nuget", "samples", "src", "docs", "."])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
            .Where(file => !file.Replace('\\', '/').Contains("/bin/", StringComparison.Ordinal));

    static async Task<IEnumerable<string>> Mistakes(string text)
    {
        var schema = await JsonSchema.FromJsonAsync(Schema);
        var plain = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!.ToJsonString();
        return schema.Validate(plain).Select(error => error.ToString());
    }
}
