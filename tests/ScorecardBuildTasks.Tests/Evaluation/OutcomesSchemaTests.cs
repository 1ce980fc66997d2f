using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

/// <summary>The JSON schema of <c>outcomes.json</c>, its page, and what is written and read, are one.</summary>
public sealed class OutcomesSchemaTests
{
    static readonly string Schema = File.ReadAllText(Path.Combine(BuildMessageTests.Root, "nuget", "outcomes.schema.json"));

    static readonly string Page = File.ReadAllText(Path.Combine(BuildMessageTests.Root, "docs", "outcomes.json.md"));

    static string Example => Regex.Match(Page, @"```json\n(.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant).Groups[1].Value;

    [Fact]
    public async Task WhatIsWrittenIsValid()
    {
        using var folder = new TemporaryFolder();
        var document = ReportTests.Document("1:Pass 2:Skip 3:NotEvaluated 1:Fail") with { NotEvaluated = "a", Held = "b", Gap = "c", Unreadable = "d" };
        (document with { Outcomes = [.. document.Outcomes, document.Outcomes[0] with { Reason = "2 findings", Evidence = [new("src/A.cs", 0, 0, "one"), new("src/A.cs", 3, 7, "two", "https://host/x")] }] }).Write(folder["outcomes.json"]);
        Assert.Empty(await Mistakes(File.ReadAllText(folder["outcomes.json"])));
    }

    [Fact]
    public async Task ExampleIsValidAndIsRead()
    {
        Assert.Empty(await Mistakes(Example));
        using var folder = new TemporaryFolder().With("outcomes.json", Example);
        Assert.Equal("service:checkout", OutcomesDocument.Read(folder["outcomes.json"]).Entity.Reference);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2")]
    [InlineData("\"entity\"", "\"entities\"")]
    [InlineData("\"reference\"", "\"name\"")]
    [InlineData("\"revision\"", "\"commit\"")]
    [InlineData("\"project\"", "\"projects\"")]
    [InlineData("\"framework\"", "\"frameworks\"")]
    [InlineData("\"outcomes\"", "\"results\"")]
    [InlineData("\"key\"", "\"id\"")]
    [InlineData("\"rule\"", "\"name\"")]
    [InlineData("\"scorecard\"", "\"card\"")]
    [InlineData("\"evidence\"", "\"places\"")]
    [InlineData("\"state\": \"fail\"", "\"state\": \"failed\"")]
    [InlineData("\"level\": 1", "\"level\": \"basic\"")]
    public async Task MistakeIsOneForSchemaAndReaderAlike(string right, string wrong)
    {
        var text = Example.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEmpty(await Mistakes(text));
        using var folder = new TemporaryFolder().With("outcomes.json", text);
        Assert.Throws<InvalidDataException>(() => OutcomesDocument.Read(folder["outcomes.json"]));
    }

    [Fact]
    public void SchemaHasEveryMemberAndNoOther()
    {
        var schema = JsonNode.Parse(Schema)!;
        // Messages are for the build that evaluates, and are left out of what it leaves.
        Assert.Equal(MembersOf<OutcomesDocument>().Where(member => member != "messages"), NamesIn(schema));
        Assert.Equal(MembersOf<Entity>(), NamesIn(schema["definitions"]!["entity"]!));
        Assert.Equal(MembersOf<Revision>(), NamesIn(schema["definitions"]!["revision"]!));
        Assert.Equal(MembersOf<Outcome>(), NamesIn(schema["definitions"]!["outcome"]!));
        Assert.Equal(MembersOf<Evidence>(), NamesIn(schema["definitions"]!["evidence"]!));
        Assert.Equal(OutcomesDocument.CurrentSchemaVersion, (int)schema["properties"]!["schemaVersion"]!["enum"]![0]!);

        static IEnumerable<string> MembersOf<T>() => OutcomesJson.Default.GetTypeInfo(typeof(T))!.Properties.Where(property => property.Get is not null).Select(property => property.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void PageNamesEveryMember()
    {
        var schema = JsonNode.Parse(Schema)!;
        var members = schema["definitions"]!.AsObject().Select(definition => definition.Value!).Prepend(schema).SelectMany(NamesIn);
        Assert.All(members, member => Assert.True(Page.Contains($"\"{member}\": ", StringComparison.Ordinal) || Page.Contains($"| `{member}` |", StringComparison.Ordinal), member));
    }

    static IEnumerable<string> NamesIn(JsonNode node) => node["properties"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal);

    static async Task<IEnumerable<string>> Mistakes(string text) => (await JsonSchema.FromJsonAsync(Schema)).Validate(text).Select(error => error.ToString());
}
