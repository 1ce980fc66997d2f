using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Tasks;

/// <summary>Warns, once a build, where MSBuild was told to log the whole environment and the keys are in it: whoever keeps such a log keeps the keys, whether the build publishes or not.</summary>
public sealed class CheckScorecardEnvironment : ScorecardTask
{
    const string LogsEnvironment = "MSBUILDLOGALLENVIRONMENTVARIABLES";

    static readonly string[] KeyNames = ["DD_API_KEY", "DD_APP_KEY", "DATADOG_API_KEY", "DATADOG_APP_KEY"];

    /// <summary>A name that all nodes of this build know and no other build has.</summary>
    public string BuildKey { get; set; } = "";

    /// <summary>MSBuild takes any value for yes.</summary>
    protected override void Run()
    {
        var keys = KeyNames.Where(IsSet).ToArray();
        if (IsSet(LogsEnvironment) && keys.Length > 0 && PublishingTurn.IsFirstToSay(BuildMessage.EnvironmentIsLogged, BuildKey))
            Warn(new BuildMessage(BuildMessage.EnvironmentIsLogged, $"{LogsEnvironment} is set and makes MSBuild write the whole environment, {string.Join(" and ", keys)} included, into every binary and diagnostic log: unset it where the keys are set, and rotate keys whose logs were kept"));

        static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
    }
}
