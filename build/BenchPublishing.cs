using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Build.Bench;

namespace Build;

/// <summary>What publishing adds to a build of many services when the API takes connections and never answers.</summary>
static class BenchPublishing
{
    const int Services = 20;
    const double MostSeconds = 12;

    /// <summary>What a build says of a service when another one before it could not be published; a test holds it against what is printed.</summary>
    internal const string NotTried = "it is not tried after what failed before";

    public static async IAsyncEnumerable<Measurement> MeasureAsync(BenchRun run)
    {
        var services = await ManyServices.CreateAsync(run, "services", Services);
        services = services with { Environment = new Dictionary<string, string?>(services.Environment) { ["DD_API_KEY"] = "bench-api-key", ["DD_APP_KEY"] = "bench-application-key" } };
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await BuildAsync("-m:2", "-p:ScorecardPublish=false");
        yield return await AddedAsync("-m:1");
        yield return await AddedAsync("-m:2");

        async Task<Measurement> AddedAsync(string nodes)
        {
            var (without, _) = await LesserAsync(nodes, "--no-restore", "-p:ScorecardPublish=false");
            var (with, output) = await LesserAsync(nodes, "--no-restore", "-p:ScorecardPublish=true", $"-p:ScorecardApiUrl=http://{silent.LocalEndpoint}");
            // MSBuild repeats warnings in its summary.
            var warnings = Regex.Matches(output, "^.*warning SCORE0020:.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant).Select(match => match.Value.Trim()).Distinct().Count();
            var told = output.Split('\n').Count(line => line.Contains(NotTried, StringComparison.Ordinal));
            var added = (with - without).TotalSeconds;
            return new Measurement(
                $"added by an API that hangs to a build of {Services} services at {nodes} ({warnings} warning, {told} services not sent after it)", added, "s", $"≤ {MostSeconds}, 1 warning",
                added <= MostSeconds && warnings == 1 && told == Services - 1);
        }

        // The machine has other things to do: the lesser of two is nearer to what the build takes.
        async Task<(TimeSpan Time, string Output)> LesserAsync(params string[] arguments)
        {
            var (first, second) = (await BuildAsync(arguments), await BuildAsync(arguments));
            return first.Time < second.Time ? first : second;
        }

        async Task<(TimeSpan Time, string Output)> BuildAsync(params string[] arguments)
        {
            var watch = Stopwatch.StartNew();
            var output = await services.BuildAsync(["-p:ScorecardReport=true", .. arguments]);
            return (watch.Elapsed, output);
        }
    }
}
