using System.Text;
using System.Text.Json;

namespace Build.Corpus;

/// <summary>The table that the corpus command prints.</summary>
static class Report
{
    /// <summary>A rule that never failed anywhere shows nothing.</summary>
    const int ExpectedFailsGoal = 3;

    public static string Goals =>
        $"goals: 0 wrong; aside for at most {Score.AsideGoal} % of the services where a reader could decide; at least {ExpectedFailsGoal} expected fails per rule over corpus and samples";

    /// <summary>As the files spell it.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <param name="expectedFails">Per rule, over corpus and samples.</param>
    public static string Of(IReadOnlyList<Comparison> comparisons, IReadOnlyDictionary<string, int> expectedFails)
    {
        var text = new StringBuilder();
        foreach (var rule in comparisons.GroupBy(comparison => comparison.Rule, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var score = Score.Of(rule);
            text.AppendLine($"{rule.Key}  {score}{(score.Met ? "" : "; goal missed")}");
            foreach (var comparison in rule.Where(comparison => comparison.Standing is Standing.Wrong or Standing.Aside or Standing.Claimed))
                text.AppendLine($"    {comparison}");
        }

        text.AppendLine($"all        {Score.Of(comparisons)}, {comparisons.Count(comparison => comparison.Standing == Standing.Claimed)} claimed");
        var few = RarelyFailing(comparisons, expectedFails).Select(rule => $"{rule.Rule} ({rule.Fails})").ToList();
        text.AppendLine($"fewer than {ExpectedFailsGoal} expected fails: {(few.Count == 0 ? "none" : string.Join(", ", few))}");
        return text.ToString();
    }

    /// <summary>Whether each rule meets its goals. How often one is expected to fail says something of the whole corpus only.</summary>
    /// <param name="expectedFails">Per rule, over corpus and samples; null where the run is of a part.</param>
    public static bool Met(IReadOnlyList<Comparison> comparisons, IReadOnlyDictionary<string, int>? expectedFails) =>
        comparisons.GroupBy(comparison => comparison.Rule, StringComparer.Ordinal).All(rule => Score.Of(rule).Met)
        && (expectedFails is null || !RarelyFailing(comparisons, expectedFails).Any());

    static IEnumerable<(string Rule, int Fails)> RarelyFailing(IEnumerable<Comparison> comparisons, IReadOnlyDictionary<string, int> expectedFails) =>
        comparisons.Select(comparison => comparison.Rule).Distinct().Order(StringComparer.Ordinal)
            .Select(rule => (Rule: rule, Fails: expectedFails.GetValueOrDefault(rule)))
            .Where(rule => rule.Fails < ExpectedFailsGoal);
}
