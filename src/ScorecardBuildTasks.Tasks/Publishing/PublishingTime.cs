using System.Diagnostics;
using Microsoft.Build.Framework;

namespace ScorecardBuildTasks.Tasks;

/// <summary>What all publishing of one build has taken so far: however many services it has, it waits once.</summary>
/// <remarks>MSBuild keeps it for the build, on each of its nodes.</remarks>
sealed class PublishingTime
{
    readonly Stopwatch watch = new();

    /// <summary>Why an earlier publish of this build failed; the next would only wait for the same.</summary>
    public string? Failure { get; set; }

    public static PublishingTime Of(IBuildEngine engine)
    {
        if (engine is not IBuildEngine4 build)
            return new PublishingTime();
        const string key = "ScorecardBuildTasks.PublishingTime";
        if (build.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is not PublishingTime time)
            build.RegisterTaskObject(key, time = new PublishingTime(), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return time;
    }

    /// <summary>What is left of the whole; the watch runs until <see cref="Stop"/>.</summary>
    public TimeSpan Start(TimeSpan whole)
    {
        var left = whole - watch.Elapsed;
        watch.Start();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Stop() => watch.Stop();
}
