using System.Text.RegularExpressions;

namespace ScorecardBuildTasks.Tasks.Facts;

/// <summary>Finds the test projects that reach a service, and whether each holds a test.</summary>
/// <param name="WithTest">Test projects that reach the service and hold a test.</param>
/// <param name="WithoutTest">Test projects that reach it and hold none.</param>
/// <param name="WithoutAssembly">Those with a test that reach it without its assembly: they can have it run beside them, and not host it.</param>
/// <param name="Sources">The C# sources of those with a test and of the projects that support them.</param>
/// <param name="Undecided">Why the answer may be incomplete, or null.</param>
/// <param name="Inputs">Every file that would change the answer when it changes.</param>
sealed partial record TestProjects(IReadOnlyList<string> WithTest, IReadOnlyList<string> WithoutTest, IReadOnlyList<string> WithoutAssembly, IReadOnlyList<TestSources> Sources, string? Undecided, IReadOnlyList<string> Inputs)
{
    public static TestProjects Of(string service, RepositoryProjects repository)
    {
        var withTest = new List<string>();
        var withoutTest = new List<string>();
        var inputs = new List<string>();
        var undecided = new List<string>();
        foreach (var project in repository.Files.Select(repository.Find).Where(project => project.File != service))
        {
            // A project of which not all is known may be a test project; that counts only where its name says so too.
            if (!project.IsTest && (project.ReferencesAreKnown || !Path.GetFileNameWithoutExtension(project.File).Contains("Test", StringComparison.OrdinalIgnoreCase)))
                continue;
            switch (repository.Reaches(project, service))
            {
                case true when !project.IsTest:
                case null:
                    undecided.Add(Path.GetRelativePath(repository.Root, project.File).Replace('\\', '/'));
                    break;
                case true when FirstTest(project.File, inputs):
                    withTest.Add(project.File);
                    break;
                case true:
                    withoutTest.Add(project.File);
                    break;
            }
        }

        var sources = withTest.Union(SupportOf(withTest, service, repository)).Where(project => Path.GetExtension(project) == ".csproj")
            .Select(project => TestSources.Of(repository.Find(project), repository.Files)).ToList();
        inputs.AddRange(repository.FilesRead);
        inputs.AddRange(repository.Solutions);
        var reason = withTest.Count == 0 && undecided.Count > 0 ? $"the references of {string.Join(", ", undecided)} need an evaluation" : null;
        var withoutAssembly = withTest.Where(project => repository.Reaches(repository.Find(project), service, asAssembly: true) == false).ToList();
        return new TestProjects(withTest, withoutTest, withoutAssembly, sources, reason, [.. inputs.Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>What tests share in projects of their own: referenced by them and not by the service, and by package, name or folder for tests.</summary>
    static IEnumerable<string> SupportOf(IEnumerable<string> tests, string service, RepositoryProjects repository)
    {
        var production = repository.ReachedFrom(service);
        return tests.SelectMany(repository.ReachedFrom).Distinct().Where(project => project != service && !production.Contains(project)
            && (repository.Find(project).IsTest || Path.GetRelativePath(repository.Root, project).Contains("test", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Reads until the first test; only files that decide the answer become inputs.</summary>
    static bool FirstTest(string project, List<string> inputs)
    {
        var read = new List<string>();
        foreach (var file in SourcesBelow(Path.GetDirectoryName(project)!))
        {
            if (HoldsTest(file))
            {
                inputs.Add(file);
                return true;
            }

            read.Add(file);
        }

        inputs.AddRange(read);
        return false;
    }

    static bool HoldsTest(string file) =>
        File.ReadLines(file).Any(line => line.Contains('[', StringComparison.Ordinal) && TestAttribute().IsMatch(line));

    static IEnumerable<string> SourcesBelow(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(file) is ".cs" or ".fs" or ".vb")
                yield return file;
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(child) is not ("bin" or "obj"))
            {
                foreach (var file in SourcesBelow(child))
                    yield return file;
            }
        }
    }

    /// <summary>An attribute of xUnit, NUnit, MSTest or TUnit, or one named after them (SkippableFact); not behind a comment.</summary>
    [GeneratedRegex(@"^\s*(?!//)[^/""]*[\[<,]\s*(\w+\.)*(\w*Fact|\w*Theory|Test|TestCase|TestCaseSource|\w*TestMethod|Property)(Attribute)?\s*[\](>,]", RegexOptions.CultureInvariant)]
    private static partial Regex TestAttribute();
}
