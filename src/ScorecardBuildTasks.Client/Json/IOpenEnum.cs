namespace ScorecardBuildTasks.Client.Json;

/// <summary>An enumeration that tolerates values which did not exist when this was built: a name of its own around a string.</summary>
interface IOpenEnum<TSelf> where TSelf : struct, IOpenEnum<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}
