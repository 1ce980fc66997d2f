namespace Dispatch;

/// <summary>Which stops are made on a day.</summary>
public sealed class Tours
{
    readonly Dictionary<string, IReadOnlyList<string>> stops = [];

    public void Plan(string day, IReadOnlyList<string> tour) => stops[day] = tour;

    public IReadOnlyList<string> Of(string day) => stops.TryGetValue(day, out var tour) ? tour : [];
}
