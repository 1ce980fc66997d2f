namespace Build.Bench;

/// <summary>The ratio of two things that were measured in turns: the mean of the pairs' ratios and its 95 % interval, both on a logarithmic scale.</summary>
sealed record Paired(double Ratio, double Low, double High, int Pairs)
{
    /// <summary>The 97.5th percentile of the normal distribution.</summary>
    const double Normal = 1.959964;

    public static Paired Of(IReadOnlyList<(double Numerator, double Denominator)> pairs)
    {
        var logs = pairs.Select(pair => Math.Log(pair.Numerator / pair.Denominator)).ToList();
        var (mean, freedom) = (logs.Average(), logs.Count - 1);
        var error = freedom < 1 ? double.PositiveInfinity : StudentOf(freedom) * Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / freedom / logs.Count);
        return new Paired(Math.Exp(mean), Math.Exp(mean - error), Math.Exp(mean + error), pairs.Count);
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
