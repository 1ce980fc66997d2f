namespace ScorecardBuildTasks.Client;

/// <summary>A rule on its way to the API, which names the id in the path.</summary>
sealed record RuleChange(RuleAttributes Attributes)
{
    public string Type => "rule";
}
