using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ScorecardBuildTasks.Client.Json;

/// <summary>The serialisers of everything on the wire, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Document<Rule>))]
[JsonSerializable(typeof(ListDocument<Rule>))]
[JsonSerializable(typeof(Document<RuleChange>))]
[JsonSerializable(typeof(ListDocument<Outcome>))]
[JsonSerializable(typeof(Document<OutcomeBatch>))]
[JsonSerializable(typeof(AcceptedDocument))]
[JsonSerializable(typeof(Document<ServiceOutcomeBatch>))]
[JsonSerializable(typeof(BatchDocument<Outcome>))]
[JsonSerializable(typeof(ListDocument<Scorecard>))]
[JsonSerializable(typeof(Document<Campaign>))]
[JsonSerializable(typeof(ListDocument<Campaign>))]
[JsonSerializable(typeof(Document<CampaignChange>))]
[JsonSerializable(typeof(ListDocument<Score>))]
[JsonSerializable(typeof(ListDocument<JsonElement>))]
[JsonSerializable(typeof(Document<JsonElement>))]
[JsonSerializable(typeof(JsonNode))]
sealed partial class ScorecardJson : JsonSerializerContext;
