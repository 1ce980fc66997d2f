using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>A service has a README beside it, or the repository's README speaks of it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1007ReadmeIsPresent() : EntryPointRule(Description)
{
    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1007ReadmeIsPresent),
        level: 1,
        AppliesTo.Service,
        title: "A README speaks of the service",
        message: "{0}",
        description: "Whoever is called at night starts with the README: beside the service, or at the repository's root with the service mentioned in it.");

    /// <summary>Parts of a project's name that say what it is made of, not what it is.</summary>
    static readonly HashSet<string> Ordinary = new(StringComparer.OrdinalIgnoreCase)
    {
        "api", "app", "apps", "background", "backend", "core", "csharp", "dotnet", "endpoint", "endpoints", "function", "functions", "gateway", "grpc", "host", "http", "in", "main", "microservice",
        "out", "program", "project", "rest", "server", "service", "services", "site", "source", "src", "web", "webapi", "webapp", "worker", "workers",
    };

    private protected override Verdict Judge(RuleContext rule)
    {
        var own = NamesOf(rule).ToList();
        var title = own.FirstOrDefault() ?? rule.Build.ProjectName;
        var wrong = new List<string>();
        foreach (var (path, text) in rule.Readmes)
        {
            var (file, content) = (Path.GetFileName(path), text.ToString());
            if (!SaysSomething(text))
                wrong.Add($"'{file}' says nothing beyond headings");
            else if (IsBeside(path, rule.Build) || (own.Count > 0 ? own : FoldersBelow(path, rule.Build)).Any(n => Mentions(content, n)))
                return Verdict.Passes;
            else
                wrong.Add($"'{file}' above it does not mention '{title}'");
        }
        if (rule.RepositoryNotVisible is { } hidden)
            return Verdict.NotVisible(hidden);
        if (own.Count == 0 && wrong.Count > 0)
            return Verdict.Undecided($"what the README calls a project named '{title}' is not judged; one beside it is clear");
        return Verdict.Failing(wrong.Count == 0
            ? $"'{title}' has no README, neither beside it nor at the repository's root"
            : $"'{title}' has no README that speaks of it: {string.Join("; ", wrong)}");
    }

    static bool IsBeside(string readme, BuildProperties build) =>
        string.Equals(Folder(Path.GetDirectoryName(readme) ?? ""), Folder(build.ProjectDirectory), StringComparison.OrdinalIgnoreCase);

    static string Folder(string path) => path.Replace('\\', '/').TrimEnd('/');

    static bool SaysSomething(SourceText text) =>
        text.Lines.Any(line => line.ToString().Trim() is { Length: > 0 } content && content[0] != '#' && content.Any(char.IsLetterOrDigit));

    /// <summary>What the service may be called in prose: its entity, its project, or the part of that name which is its own.</summary>
    static IEnumerable<string> NamesOf(RuleContext rule)
    {
        var entity = rule.Entity.Substring(rule.Entity.IndexOf(':') + 1);
        var names = new[] { entity, rule.Build.ProjectName, rule.Compilation.AssemblyName ?? "", Path.GetFileName(Folder(rule.Build.ProjectDirectory)) };
        var parts = rule.Build.ProjectName.Split('.', '-', '_').Where(p => p.Length > 3 && !Ordinary.Contains(p)).Reverse().Take(1);
        return names.Where(n => n.Length > 1 && !IsOrdinary(n)).Concat(parts).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    static bool IsOrdinary(string name) => name.Split('.', '-', '_').All(Ordinary.Contains);

    /// <summary>The folder that tells a project apart whose own name does not: <c>basket</c> in <c>services/basket/src/Api</c>.</summary>
    static IEnumerable<string> FoldersBelow(string readme, BuildProperties build)
    {
        var (root, folder) = (Folder(Path.GetDirectoryName(readme) ?? ""), Folder(build.ProjectDirectory));
        return folder.StartsWith(root, StringComparison.OrdinalIgnoreCase) ? folder.Substring(root.Length).Split('/').Where(f => f.Length > 1 && !IsOrdinary(f)).Reverse().Take(1) : [];
    }

    /// <summary>As a word of its own, in the singular or the plural: a cart is not in a carter.</summary>
    static bool Mentions(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if (end < text.Length && text[end] is 's' or 'S')
                end++;
            if (IsEdge(text, at - 1) && IsEdge(text, end))
                return true;
        }
        return false;

        static bool IsEdge(string text, int at) => at < 0 || at >= text.Length || !char.IsLetterOrDigit(text[at]);
    }
}
