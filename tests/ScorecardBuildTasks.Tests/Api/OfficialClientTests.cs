using System.Diagnostics;
using ScorecardBuildTasks.Server.Limits;
using Xunit.Abstractions;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>The vendor's own TypeScript client cannot tell the server from the real one.</summary>
public sealed class OfficialClientTests(ITestOutputHelper output)
{
    const string Client = "@datadog/datadog-api-client@1.64.0";

    [NpmTheory, OnSqlite, OnPostgreSql]
    public async Task EveryOperationWorks(string engine)
    {
        var folder = await InstallAsync();
        await using var api = await TestApi.StartAsync(engine);
        await using var limited = await TestApi.StartAsync(engine, options => options with { RateLimit = new RateLimit(3, TimeSpan.FromSeconds(2)) });

        var printed = await RunAsync(folder, "node", "official-client.js", Address(api), Address(limited));

        // Said once, and proved on both.
        if (engine == TestDatabase.Sqlite)
            output.WriteLine(printed);
        Assert.EndsWith("operations 14 of 14 by the official client\n", printed, StringComparison.Ordinal);
        Assert.Contains(limited.Server.Requests.Requests, request => request.Status == 429);

        static string Address(TestApi api) => api.Server.Url.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The folder with the client and the script; what was installed by an earlier run is used again.</summary>
    async Task<string> InstallAsync()
    {
        var folder = Path.Combine(SharedFolder.Repository!, "artifacts", "official-client", Client.Split('@')[^1]);
        Directory.CreateDirectory(folder);
        var installed = Path.Combine(folder, "installed");
        if (!File.Exists(installed))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), "{\"private\":true}");
            await RunAsync(folder, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", Client);
            await File.WriteAllTextAsync(installed, "");
        }
        File.Copy(Path.Combine(AppContext.BaseDirectory, "official-client.js"), Path.Combine(folder, "official-client.js"), overwrite: true);
        return folder;
    }

    static async Task<string> RunAsync(string folder, string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}\n{await printed}\n{await errors}");
        return await printed;
    }
}
