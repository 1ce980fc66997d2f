namespace Build.Bench;

/// <summary>What was measured in turns, with its 95 % interval.</summary>
sealed record Paired(double Value, double Low, double High, int Pairs)
{
    /// <summary>The 97.5th percentile of the normal distribution.</summary>
    const double Normal = 1.959964;

    /// <summary>The ratio of two things: the mean of the pairs' ratios, on a logarithmic scale.</summary>
    public static Paired Of(IReadOnlyList<(double Numerator, double Denominator)> pairs)
    {
        var logs = pairs.Select(pair => Math.Log(pair.Numerator / pair.Denominator)).ToList();
        var (mean, freedom) = (logs.Average(), logs.Count - 1);
        var error = StudentOf(freedom) * Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / freedom / logs.Count);
        return new Paired(Math.Exp(mean), Math.Exp(mean - error), Math.Exp(mean + error), pairs.Count);
    }

    /// <summary>How much more than another one, which was measured apart.</summary>
    public Paired Less(Paired other)
    {
        var (value, error) = (Value - other.Value, double.Hypot((High - Low) / 2, (other.High - other.Low) / 2));
        return new Paired(value, value - error, value + error, Math.Min(Pairs, other.Pairs));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Student's t for a 95 % interval, by Cornish and Fisher's expansion: right to 1 % from four degrees of freedom on.</summary>
    static double StudentOf(int freedom) =>
        Normal + ((Math.Pow(Normal, 3) + Normal) / (4.0 * freedom)) + (((5 * Math.Pow(Normal, 5)) + (16 * Math.Pow(Normal, 3)) + (3 * Normal)) / (96.0 * freedom * freedom));
}
