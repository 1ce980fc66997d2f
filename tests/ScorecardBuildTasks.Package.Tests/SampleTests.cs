using System.Text.Json;
using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>A sample, copied out of this repository and built with the package, comes to the outcomes written beside it.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("storefront", "storefront.slnx")]
    [InlineData("depot", "depot.slnx")]
    public void SampleComesToTheOutcomesBesideIt(string sample, string solution)
    {
        var folder = Directory.CreateTempSubdirectory("scorecard-sample-").FullName;
        try
        {
            Copy(Path.Combine(Package.RepositoryRoot, "samples", sample), folder);
            var environment = new Dictionary<string, string?>(Package.Current.Environment) { ["ScorecardBuildTasksVersion"] = Package.Current.Version };
            var build = Command.Run(folder, environment, "dotnet", "build", solution, "-nologo", "-tl:off", "-p:ScorecardReport=true");
            Assert.True(build.ExitCode == 0, build.Output);

            var outcomes = Directory.EnumerateFiles(Path.Combine(folder, "artifacts", "scorecard"), "outcomes.json", SearchOption.AllDirectories)
                .Select(OutcomesDocument.Read)
                .SelectMany(document => document.Outcomes.Select(outcome => $"{document.Entity.Reference} {outcome.Key} {Report.Name(outcome.State)}"));
            using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected-outcomes.json")));
            Assert.Equal(
                expected.RootElement.EnumerateArray().Select(row => $"{row.GetProperty("entity")} {row.GetProperty("rule")} {row.GetProperty("state")}").Order(StringComparer.Ordinal),
                outcomes.Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts"))
                continue;
            var copy = Path.Combine(target, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
