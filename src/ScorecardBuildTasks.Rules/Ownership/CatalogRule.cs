using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>A rule on something that a service's entry in the catalog file says. Without a catalog file nothing says it.</summary>
public abstract class CatalogRule : EntryPointRule
{
    private protected CatalogRule(DiagnosticDescriptor descriptor) : base(descriptor)
    {
    }

    /// <summary>What the entry leaves unsaid, as the end of a sentence about the service; null when it says everything.</summary>
    /// <param name="entry">Its own document and those that it inherits from; none where there is no catalog file.</param>
    private protected abstract string? Lack(IReadOnlyList<CatalogDocument> entry);

    private protected static IEnumerable<CatalogLink> LinksOf(IReadOnlyList<CatalogDocument> entry) => entry.SelectMany(d => d.Links).Where(l => !OwnerName.IsPlaceholder(l.Url) && LeadsSomewhere(l.Url));

    /// <summary>What a line break of the editor has torn apart, <c>https://github. com/acme</c>, opens nothing.</summary>
    static bool LeadsSomewhere(string? url) => url is null || !url.Trim().Any(char.IsWhiteSpace);

    private protected sealed override Verdict Judge(RuleContext rule)
    {
        var name = rule.Compilation.AssemblyName;
        if (rule.Catalog is not { } catalog)
        {
            return rule.RepositoryNotVisible is { } hidden
                ? Verdict.NotVisible(hidden)
                : Verdict.Failing($"'{name}' {Lack([])}: there is no catalog file, neither beside it nor in a folder above it");
        }
        var file = Path.GetFileName(catalog.Path);
        var entries = CatalogEntry.Of(rule);
        var lacking = entries.Where(e => Lack(e.Documents) is not null).ToList();
        if (entries.Count > 0 && lacking.Count == 0)
            return Verdict.Passes;
        if (catalog.File.Errors.FirstOrDefault() is { } error)
            return Verdict.Undecided($"{file} cannot be read, line {error.Line}: {error.Message}");
        if (entries.Count == 0)
        {
            return catalog.File.Documents.FirstOrDefault(d => d.IsForeign) is { } foreign
                ? Verdict.Undecided($"{file}, line {foreign.Line}, is of the version '{foreign.DeclaredVersion}', which is not known")
                : Verdict.Failing($"'{name}' {Lack([])}: {file} describes no service").At(catalog.Path, 1);
        }
        var (entry, lack) = (lacking[0], Lack(lacking[0].Documents));
        if (lacking.Count < entries.Count)
            return Verdict.Undecided($"'{entry.Document.Name}' {lack}, others in {file} do not, and nothing says which one this is; set ScorecardEntity");
        if (entry.InheritsFromElsewhere is { } parent)
            return Verdict.Undecided($"'{entry.Document.Name}' inherits from '{parent}', which is not in {file}");
        return Verdict.Failing($"'{entry.Document.Name ?? name}' {lack} in {file}, line {entry.Document.Line}").At(catalog.Path, entry.Document.Line);
    }
}
