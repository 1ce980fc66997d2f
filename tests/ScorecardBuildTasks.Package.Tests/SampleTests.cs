using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A sample, copied out of this repository and built with the package, comes to the outcomes written beside it.</summary>
public sealed class SampleTests
{
    [Fact]
    public void StorefrontComesToTheOutcomesBesideIt()
    {
        using var sample = new Sample("storefront");
        sample.Report();
        Assert.Equal(sample.Expected, sample.Outcomes.Select(row => $"{row.Entity} {row.Outcome.Key} {Report.Name(row.Outcome.State)}"));
    }
}
