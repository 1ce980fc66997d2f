using Build.Bench;

namespace ScorecardBuildTasks.Tests.Bench;

public sealed class PairedTests
{
    /// <summary>Of six the interval is from the least to the greatest, which leaves out 3 % of what chance does; the estimate is the median of the 21 means, here of logarithms that are 1 to 6.</summary>
    [Fact]
    public void SixPairsGiveAllThatWasSeen()
    {
        var ratio = Paired.Of([.. Enumerable.Range(1, 6).Select(number => (Math.Exp(number), 1.0))]);
        Assert.Equal((3.5, 1, 6, 6), (Math.Round(Math.Log(ratio.Value), 9), Math.Round(Math.Log(ratio.Low), 9), Math.Round(Math.Log(ratio.High), 9), ratio.Pairs));
    }

    /// <summary>Of the 55 means of ten the eighth from either end.</summary>
    [Fact]
    public void TenPairsGiveTheIntervalOfTheSignedRanks()
    {
        var ratio = Paired.Of([.. Enumerable.Range(1, 10).Select(number => (Math.Exp(number), 1.0))]);
        Assert.Equal((5.5, 3, 8), (Math.Round(Math.Log(ratio.Value), 9), Math.Round(Math.Log(ratio.Low), 9), Math.Round(Math.Log(ratio.High), 9)));
    }

    [Fact]
    public void RoundInWhichTheMachineDidSomethingElseMovesLittle()
    {
        (double, double)[] quiet = [.. Enumerable.Range(0, 12).Select(number => (1 + (number / 1000.0), 1.0))];
        var disturbed = Paired.Of([.. quiet.Skip(1), (9, 1)]);
        Assert.InRange(disturbed.High, 1, 1.02);
    }

    /// <summary>Twice as far above as below: the upper end is of this one's upper half and of the other's lower.</summary>
    [Fact]
    public void DifferenceOfTwoIsAsSkewedAsTheyAre()
    {
        var less = new Paired(1.04, 1.01, 1.08, 6).Less(new Paired(1.02, 0.99, 1.06, 12));
        Assert.Equal((0.02, -0.03, 0.07, 6), (Math.Round(less.Value, 9), Math.Round(less.Low, 9), Math.Round(less.High, 9), less.Pairs));
    }

    [Fact]
    public void FewerPairsThanAnIntervalTakesAreRefused() => Assert.Throws<ArgumentException>(() => Paired.Of([.. Enumerable.Range(1, 5).Select(number => (1.0 * number, 1.0))]));
}
