using System.Text.Json.Serialization;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>The serialisers of what is answered about outcomes, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListDocument<StoredOutcome>))]
[JsonSerializable(typeof(BatchDocument<StoredOutcome>))]
sealed partial class OutcomeJson : JsonSerializerContext;
