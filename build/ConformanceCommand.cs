using System.CommandLine;
using System.Xml.Linq;

namespace Build;

/// <summary>Shows how far the client and the server are those of the real API: runs the tests that compare them and prints what they found.</summary>
static class ConformanceCommand
{
    static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    static readonly string[] Tests = ["RecordingTests", "OpenApiTests", "OfficialClientTests"];

    static string Folder => Path.Combine(Repository.Artifacts, "conformance");

    public static Command Create()
    {
        var command = new Command("conformance", "Compares the client and the server with the recordings, the documentation and the official client of the API.");
        command.SetAction(async (_, _) => await RunAsync());
        return command;
    }

    static async Task<int> RunAsync()
    {
        var results = Path.Combine(Folder, "results.trx");
        Directory.CreateDirectory(Folder);
        File.Delete(results);
        var filter = string.Join('|', Tests.Select(test => $"FullyQualifiedName~.Api.{test}."));
        var (exitCode, output) = await Shell.TryAsync(Repository.Root, null, "dotnet",
            "test", "tests/ScorecardBuildTasks.Tests", "--filter", filter, "--results-directory", Folder, "--logger", $"trx;LogFileName={Path.GetFileName(results)}");
        if (!File.Exists(results))
            throw new CommandFailedException(output);

        var tests = XDocument.Load(results).Descendants(Trx + "UnitTestResult").OrderBy(test => (string?)test.Attribute("testName"), StringComparer.Ordinal).ToList();
        foreach (var test in tests)
        {
            if (test.Descendants(Trx + "StdOut").FirstOrDefault() is { } said)
                Console.WriteLine(said.Value.TrimEnd());
            if ((string?)test.Attribute("outcome") != "Passed")
                Console.WriteLine($"{(string?)test.Attribute("testName")}: {(string?)test.Attribute("outcome")} {test.Descendants(Trx + "Message").FirstOrDefault()?.Value}");
        }

        // What was skipped was not compared.
        return exitCode == 0 && tests.Count > 0 && tests.All(test => (string?)test.Attribute("outcome") == "Passed") ? 0 : 1;
    }
}
