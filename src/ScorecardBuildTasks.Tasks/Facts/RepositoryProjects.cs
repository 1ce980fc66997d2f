using System.IO.Enumeration;
using System.Text.RegularExpressions;
using System.Xml;

namespace ScorecardBuildTasks.Tasks.Facts;

/// <summary>The projects of a repository as their files and the Directory.Build files above them say, without evaluating them. One task uses it at a time.</summary>
sealed class RepositoryProjects
{
    const string Props = "Directory.Build.props";
    const string Targets = "Directory.Build.targets";

    static readonly HashSet<string> SkippedFolders = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules", "artifacts", "packages", "TestResults" };

    static readonly Regex TestPackage = new(
        @"^(Microsoft\.NET\.Test\.Sdk|xunit(\.v3.*|\.core)?|NUnit|NUnitLite|MSTest(\.TestFramework)?|TUnit(\.Core|\.Engine)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    static readonly StringComparer PathComparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    readonly HashSet<string> found;
    readonly Dictionary<string, bool> exists = new(PathComparer);
    readonly Dictionary<string, ProjectDocument> documents;
    readonly Dictionary<string, Project> projects = new(PathComparer);

    public RepositoryProjects(string root)
    {
        Root = root;
        // One core reads what another one comes by on its walk.
        documents = FilesBelow(root).AsParallel().Select(file => ProjectDocument.Read(file, TestPackage)).ToDictionary(document => document.File, PathComparer);
        found = new HashSet<string>(documents.Keys, PathComparer);
        Files = [.. found.Where(file => Path.GetExtension(file.AsSpan()) is not (".props" or ".targets")).Order(StringComparer.Ordinal)];
        Solutions = [.. Solution.FilesIn(root)];
        MissingProject = Solutions.SelectMany(Solution.ProjectsOf).FirstOrDefault(project => !Exists(Path.GetFullPath(project, root)));
    }

    public string Root { get; }

    /// <summary>All project files below the root; output folders and hidden folders are not entered.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The solutions at the root.</summary>
    public IReadOnlyList<string> Solutions { get; }

    /// <summary>A project that a solution at the root names and the working tree lacks: a container's context or a sparse checkout.</summary>
    public string? MissingProject { get; }

    /// <summary>Every file that the answer depends on.</summary>
    public IEnumerable<string> FilesRead => documents.Keys;

    /// <param name="file">Absolute.</param>
    public Project Find(string file)
    {
        if (!projects.TryGetValue(file, out var project))
            projects[file] = project = Read(file);
        return project;
    }

    /// <summary>The projects that a project references, directly or through others, as far as they can be read; not itself.</summary>
    public IReadOnlyCollection<string> ReachedFrom(string file)
    {
        var reached = new HashSet<string>(PathComparer);
        var open = new Stack<string>([file]);
        while (open.TryPop(out var next))
        {
            foreach (var reference in Find(next).References.Where(reference => Exists(reference) && reached.Add(reference)))
                open.Push(reference);
        }

        reached.Remove(file);
        return reached;
    }

    /// <summary>Whether a project reaches another over its references, directly or through others; null where a reference could not be read.</summary>
    /// <param name="asAssembly">Only over references that hand the assembly on, so that the code can name its types.</param>
    public bool? Reaches(Project from, string target, bool asAssembly = false)
    {
        var decided = true;
        var seen = new HashSet<string>(PathComparer) { from.File };
        var open = new Stack<Project>([from]);
        while (open.TryPop(out var project))
        {
            decided &= project.ReferencesAreKnown;
            foreach (var reference in project.References.Where(reference => !asAssembly || !project.WithoutAssembly.Contains(reference)))
            {
                if (PathComparer.Equals(reference, target))
                    return true;
                if (seen.Add(reference) && Exists(reference))
                    open.Push(Find(reference));
            }
        }

        return decided ? false : null;
    }

    Project Read(string file)
    {
        var isTest = false;
        var known = true;
        var references = new List<string>();
        var (resources, withoutAssembly) = (new List<string>(), new List<string>());
        var isAspireHost = false;
        var (compiled, notCompiled) = (new List<string>(), new List<string>());
        var open = new Stack<ProjectDocument>([.. DocumentsAbove(file), Document(file)]);
        var seen = new HashSet<string>(PathComparer);
        while (open.TryPop(out var document))
        {
            isTest |= document.IsTest;
            isAspireHost |= document.IsAspireHost;
            foreach (var import in document.Imports)
            {
                // What an unknown file brings may be a test framework or a reference, so nothing is known for sure.
                if (Resolve(import, document.File, file, Path.GetDirectoryName(document.File)!) is not { } imported)
                    known = false;
                else
                    imported.Where(candidate => Exists(candidate) && seen.Add(candidate)).ToList().ForEach(candidate => open.Push(Document(candidate)));
            }

            foreach (var include in document.References)
            {
                if (Resolve(include, document.File, file, Path.GetDirectoryName(file)!)?.ToArray() is not { } resolved)
                {
                    known = false;
                    continue;
                }

                references.AddRange(resolved);
                if (document.WithoutAssembly.Contains(include))
                    withoutAssembly.AddRange(resolved);
                if (document.Resources.Contains(include))
                    resources.AddRange(resolved);
            }

            compiled.AddRange(document.Compiled.Select(include => PathOf(include, document.File, file, Path.GetDirectoryName(file)!)).OfType<string>());
            notCompiled.AddRange(document.NotCompiled.Select(include => PathOf(include, document.File, file, Path.GetDirectoryName(file)!)).OfType<string>());
        }

        references.Remove(file);
        if (isAspireHost)
            withoutAssembly.AddRange(resources);
        return new Project(file, isTest, known, references, withoutAssembly, compiled, notCompiled);
    }

    /// <summary>The nearest Directory.Build.props and .targets, and those above them that they import.</summary>
    IEnumerable<ProjectDocument> DocumentsAbove(string file)
    {
        // The walk over the repository has been in every folder above what it found.
        var isWalked = found.Contains(file);
        foreach (var name in (string[])[Props, Targets])
        {
            for (var folder = Path.GetDirectoryName(file); folder is not null && folder.Length >= Root.TrimEnd('/', '\\').Length; folder = Path.GetDirectoryName(folder))
            {
                var candidate = Path.Combine(folder, name);
                if (!(isWalked ? found.Contains(candidate) : Exists(candidate)))
                    continue;
                var document = Document(candidate);
                yield return document;
                if (!document.ImportsAbove)
                    break;
            }
        }
    }

    bool Exists(string file)
    {
        if (found.Contains(file))
            return true;
        if (!exists.TryGetValue(file, out var isThere))
            exists[file] = isThere = File.Exists(file);
        return isThere;
    }

    ProjectDocument Document(string file)
    {
        if (!documents.TryGetValue(file, out var document))
            documents[file] = document = ProjectDocument.Read(file, TestPackage);
        return document;
    }

    /// <returns>The project files that an Include names, or null where that takes an evaluation.</returns>
    IEnumerable<string>? Resolve(string include, string document, string project, string relativeTo)
    {
        if (PathOf(include, document, project, relativeTo) is not { } path)
            return null;
        if (!path.Contains('*', StringComparison.Ordinal))
            return [path];
        var pattern = new Regex($"^{Regex.Escape(path.Replace('\\', '/')).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);
        return Files.Where(candidate => pattern.IsMatch(candidate.Replace('\\', '/')));
    }

    /// <returns>The path or glob that an Include means, absolute; null where that takes an evaluation.</returns>
    static string? PathOf(string include, string document, string project, string relativeTo)
    {
        if (!include.Contains('(', StringComparison.Ordinal))
            return Path.GetFullPath(include.Replace('\\', '/'), relativeTo);
        var text = include
            .Replace("$(MSBuildThisFileDirectory)", Path.GetDirectoryName(document) + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", Path.GetDirectoryName(project), StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectName)", Path.GetFileNameWithoutExtension(project), StringComparison.OrdinalIgnoreCase)
            .Replace('\\', '/');
        if (text.Contains("$(", StringComparison.Ordinal) || text.Contains("@(", StringComparison.Ordinal) || text.Contains("%(", StringComparison.Ordinal))
            return null;
        return Path.GetFullPath(text, relativeTo);
    }

    /// <summary>Project files and Directory.Build files, in one walk.</summary>
    static FileSystemEnumerable<string> FilesBelow(string folder) =>
        new(Path.GetFullPath(folder), static (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) =>
                !entry.IsDirectory && (Path.GetExtension(entry.FileName) is ".csproj" or ".fsproj" or ".vbproj" || entry.FileName.Equals(Props, StringComparison.OrdinalIgnoreCase) || entry.FileName.Equals(Targets, StringComparison.OrdinalIgnoreCase)),
            ShouldRecursePredicate = IsEntered,
        };

    /// <summary>Neither output folders nor hidden ones, and no links, which may lead back.</summary>
    public static bool IsEntered(ref FileSystemEntry entry) =>
        entry.FileName[0] != '.' && !SkippedFolders.Contains(entry.FileName.ToString()) && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}

/// <summary>A project with its references as absolute paths.</summary>
/// <param name="ReferencesAreKnown">False where a reference is written with properties or items that only an evaluation resolves.</param>
/// <param name="WithoutAssembly">Those of the references that are built or run beside the project, which cannot name their types.</param>
/// <param name="Compiled">Paths and globs of sources that the project takes in from elsewhere, absolute.</param>
/// <param name="NotCompiled">Paths and globs of sources in its folder that it leaves out, absolute.</param>
sealed record Project(string File, bool IsTest, bool ReferencesAreKnown, IReadOnlyList<string> References, IReadOnlyList<string> WithoutAssembly, IReadOnlyList<string> Compiled, IReadOnlyList<string> NotCompiled);

/// <summary>What one MSBuild file says about tests, references and sources.</summary>
/// <param name="WithoutAssembly">Includes of references that say <c>ReferenceOutputAssembly=false</c>.</param>
/// <param name="Resources">Includes of references that an Aspire host runs and does not reference; other projects do.</param>
sealed record ProjectDocument(
    string File, bool IsTest, bool IsAspireHost, bool ImportsAbove, IReadOnlyList<string> Imports, IReadOnlyList<string> References, IReadOnlyList<string> WithoutAssembly, IReadOnlyList<string> Resources,
    IReadOnlyList<string> Compiled, IReadOnlyList<string> NotCompiled)
{
    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, IgnoreComments = true, IgnoreWhitespace = true };

    public static ProjectDocument Read(string file, Regex testPackage)
    {
        var (isTest, isAspireHost) = (false, false);
        var importsAbove = false;
        var imports = new List<string>();
        var references = new List<string>();
        var (withoutAssembly, resources) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        string[] reference = [];
        var (compiled, notCompiled) = (new List<string>(), new List<string>());
        try
        {
            // The file is small: read at once it is spared the buffers and the address of a stream of its own.
            using var xml = XmlReader.Create(new MemoryStream(System.IO.File.ReadAllBytes(file)), Settings);
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                switch (xml.LocalName)
                {
                    case "Project":
                        isTest |= xml.GetAttribute("Sdk")?.StartsWith("MSTest.Sdk", StringComparison.OrdinalIgnoreCase) == true;
                        isAspireHost |= xml.GetAttribute("Sdk")?.Contains("Aspire.AppHost.Sdk", StringComparison.OrdinalIgnoreCase) == true;
                        break;
                    case "Sdk":
                        isTest |= xml.GetAttribute("Name") is "MSTest.Sdk";
                        isAspireHost |= xml.GetAttribute("Name") is "Aspire.AppHost.Sdk";
                        break;
                    case "IsAspireHost":
                        isAspireHost |= IsSaid("true", xml.ReadString());
                        break;
                    case "Import":
                        if (xml.GetAttribute("Project") is not { } import || xml.GetAttribute("Sdk") is not null)
                            break;
                        if (import.Contains("FileAbove", StringComparison.Ordinal) || import.Contains("Directory.Build", StringComparison.OrdinalIgnoreCase))
                            importsAbove = true;
                        else
                            imports.Add(import);
                        break;
                    case "PackageReference" or "GlobalPackageReference":
                        isTest |= xml.GetAttribute("Include") is { } package && testPackage.IsMatch(package);
                        break;
                    case "ProjectReference" when xml.GetAttribute("Include") is { } include:
                        reference = Paths(include);
                        references.AddRange(reference);
                        if (IsSaid("false", xml.GetAttribute("ReferenceOutputAssembly")))
                            withoutAssembly.UnionWith(reference);
                        if (!IsSaid("false", xml.GetAttribute("IsAspireProjectResource")))
                            resources.UnionWith(reference);
                        break;
                    case "ReferenceOutputAssembly" when IsSaid("false", xml.ReadString()):
                        withoutAssembly.UnionWith(reference);
                        break;
                    case "IsAspireProjectResource" when IsSaid("false", xml.ReadString()):
                        resources.ExceptWith(reference);
                        break;
                    case "Compile":
                        compiled.AddRange(Paths(xml.GetAttribute("Include")));
                        notCompiled.AddRange(Paths(xml.GetAttribute("Remove")));
                        break;
                    case "IsTestProject":
                        isTest |= xml.ReadString().Trim() is "true";
                        break;
                }
            }
        }
        catch (XmlException)
        {
            // MSBuild itself reports a project file that is no XML, with its line; what was read before that line still counts.
        }

        return new ProjectDocument(file, isTest, isAspireHost, importsAbove, imports, references, [.. withoutAssembly], [.. resources], compiled, notCompiled);
    }

    static bool IsSaid(string value, string? text) => value.Equals(text?.Trim(), StringComparison.OrdinalIgnoreCase);

    static string[] Paths(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
