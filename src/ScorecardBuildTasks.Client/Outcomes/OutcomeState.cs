using System.Text.Json.Serialization;
using ScorecardBuildTasks.Client.Json;

namespace ScorecardBuildTasks.Client;

/// <summary>The verdict of a rule on an entity; values that do not exist yet are kept as they came.</summary>
[JsonConverter(typeof(OpenEnumConverter<OutcomeState>))]
public readonly record struct OutcomeState(string Value) : IOpenEnum<OutcomeState>
{
    public static OutcomeState Pass { get; } = new("pass");

    public static OutcomeState Fail { get; } = new("fail");

    /// <summary>Not counted in scores.</summary>
    public static OutcomeState Skip { get; } = new("skip");

    static OutcomeState IOpenEnum<OutcomeState>.From(string value) => new(value);

    public override string ToString() => Value;
}
