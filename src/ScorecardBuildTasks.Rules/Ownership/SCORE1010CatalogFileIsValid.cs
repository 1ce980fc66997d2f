using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>The catalog takes the service's file: every document in it fits the version that it says it is of.</summary>
/// <remarks>
/// The finding stands at the entry point and names the places in the catalog file, which are its additional locations: one in the file itself could be silenced neither
/// by a pragma nor by an attribute nor by .editorconfig.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE1010CatalogFileIsValid() : EntryPointRule(Description)
{
    const int SaidMistakes = 3;

    static readonly DiagnosticDescriptor Description = OwnershipScorecard.Instance.Describe(
        typeof(SCORE1010CatalogFileIsValid),
        level: 1,
        AppliesTo.Service,
        title: "The catalog file is valid in its version",
        message: "{0}",
        description: "The catalog refuses a file with a mistake, and the service keeps the owner, contacts and links that it had before, or none.");

    private protected override Verdict Judge(RuleContext rule)
    {
        if (rule.Catalog is not { } catalog)
            return rule.RepositoryNotVisible is { } hidden ? Verdict.NotVisible(hidden) : Verdict.NotApplicable("there is no catalog file");
        var (file, documents, errors) = (Path.GetFileName(catalog.Path), catalog.File.Documents, catalog.File.Errors);
        var mistakes = errors.Where(e => !e.IsBeyondReader).Concat(documents.SelectMany(CatalogSchema.MistakesIn)).OrderBy(e => e.Line).ToList();
        if (documents.Count + errors.Count == 0)
            mistakes.Add(new TextError(1, 1, "the file is empty"));
        if (mistakes.Count > 0)
            return Failing(catalog.Path, file, mistakes);
        if (errors.FirstOrDefault() is { } beyond)
            return Verdict.Undecided($"{file}, line {beyond.Line}, cannot be judged: {beyond.Message}");
        return documents.FirstOrDefault(d => d.IsForeign) is { } foreign
            ? Verdict.Undecided($"{file}, line {foreign.Line}, is of the version '{foreign.DeclaredVersion}', which is not known")
            : Verdict.Passes;
    }

    static Verdict Failing(string path, string file, List<TextError> mistakes)
    {
        var said = mistakes.Take(SaidMistakes).Select((m, i) => $"{(i == 0 ? $"'{file}:{m.Line}' is not valid" : $"line {m.Line}")}: {m.Message.TrimEnd('.')}").ToList();
        if (mistakes.Count > SaidMistakes)
            said.Add($"and {mistakes.Count - SaidMistakes} more");
        return mistakes.Aggregate(Verdict.Failing(string.Join("; ", said)), (verdict, m) => verdict.At(path, m.Line, m.Column));
    }
}
