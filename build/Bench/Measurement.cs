namespace Build.Bench;

/// <summary>A row of the table.</summary>
/// <param name="Goal">As text; <paramref name="Met"/> compares with it.</param>
/// <param name="Low">The lower end of the value's 95 % interval, where it was measured in pairs.</param>
/// <param name="High">The upper end, which decides whether the goal is met.</param>
sealed record Measurement(string What, double Value, string Unit, string Goal, bool Met, double? Low = null, double? High = null, int? Pairs = null);
