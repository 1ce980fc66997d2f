namespace Build.Bench;

/// <summary>What was measured in turns, with its 95 % interval.</summary>
/// <remarks>
/// Hodges and Lehmann's estimate and the interval of Wilcoxon's signed ranks: of all means of two measurements (and of one with itself) the median, and as many from either end as chance
/// would leave out. A round in which the machine did something else moves neither, as it moves a mean and still more a mean's interval.
/// </remarks>
sealed record Paired(double Value, double Low, double High, int Pairs)
{
    /// <summary>With fewer there is no interval of 95 %.</summary>
    public const int Least = 6;

    /// <summary>The 97.5th percentile of the normal distribution.</summary>
    const double Normal = 1.959964;

    /// <summary>The ratio of two things, on a logarithmic scale.</summary>
    public static Paired Of(IReadOnlyList<(double Numerator, double Denominator)> pairs)
    {
        if (pairs.Count < Least)
            throw new ArgumentException($"An interval of 95 % takes {Least} pairs at least.", nameof(pairs));
        var logs = pairs.Select(pair => Math.Log(pair.Numerator / pair.Denominator)).ToList();
        var means = logs.SelectMany((log, index) => logs.Skip(index).Select(other => (log + other) / 2)).Order().ToList();
        var leftOut = Math.Max(1, LeftOut(logs.Count));
        return new Paired(Math.Exp(Median(means)), Math.Exp(means[leftOut - 1]), Math.Exp(means[^leftOut]), pairs.Count);
    }

    /// <summary>In which order so many things are measured in a round: in each another one is first, and every other goes backwards, so that none always comes behind the same one.</summary>
    public static IEnumerable<int> OrderOf(int round, int count) => Enumerable.Range(0, count).Select(turn => ((round % 2 == 0 ? turn : count - 1 - turn) + (round / 2)) % count);

    /// <summary>How much more than another one, which was measured apart: it is most where this one is at its upper end and the other at its lower.</summary>
    public Paired Less(Paired other)
    {
        var value = Value - other.Value;
        return new Paired(value, value - double.Hypot(Value - Low, other.High - other.Value), value + double.Hypot(High - Value, other.Value - other.Low), Math.Min(Pairs, other.Pairs));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Which of the means, from either end, is the interval's: by the normal approximation of the signed ranks, which from six pairs on is the exact one to a rank.</summary>
    static int LeftOut(int pairs) => (int)((pairs * (pairs + 1) / 4.0) - (Normal * Math.Sqrt(pairs * (pairs + 1) * ((2 * pairs) + 1) / 24.0)));
}
