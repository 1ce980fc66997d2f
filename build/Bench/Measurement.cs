using System.Globalization;

namespace Build.Bench;

/// <summary>A row of the table.</summary>
/// <param name="Goal">As text; <paramref name="Met"/> compares with it. Empty for what is shown beside, which misses nothing.</param>
/// <param name="Low">The lower end of the value's 95 % interval, where it was measured in pairs.</param>
/// <param name="High">The upper end, which decides whether the goal is met.</param>
sealed record Measurement(string What, double Value, string Unit, string Goal, bool Met, double? Low = null, double? High = null, int? Pairs = null)
{
    /// <summary>The name of the rows that are measured together.</summary>
    public string Group { get; init; } = "";

    public static Measurement AtMost(double goal, string what, Paired measured) =>
        new(what, measured.Value, "", string.Create(CultureInfo.InvariantCulture, $"≤ {goal}"), measured.High <= goal, measured.Low, measured.High, measured.Pairs);

    public static Measurement AtLeast(double goal, string what, Paired measured) =>
        new(what, measured.Value, "", string.Create(CultureInfo.InvariantCulture, $"≥ {goal}"), measured.Low >= goal, measured.Low, measured.High, measured.Pairs);

    public static Measurement Beside(string what, Paired measured) =>
        new(what, measured.Value, "", "", true, measured.Low, measured.High, measured.Pairs);

    public static Measurement AtMost(string what, double value, string unit, double goal) => new(what, value, unit, string.Create(CultureInfo.InvariantCulture, $"≤ {goal}"), value <= goal);

    public static Measurement AtLeast(string what, double value, string unit, double goal) => new(what, value, unit, string.Create(CultureInfo.InvariantCulture, $"≥ {goal}"), value >= goal);
}
