using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Catalog;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>An owner of the service and the source that names it.</summary>
/// <param name="Name">As written; it may be a placeholder.</param>
/// <param name="Source">The source in words.</param>
/// <param name="Others">Who owns the service beside it, by the same source.</param>
sealed record NamedOwner(string Name, string Source, IReadOnlyList<string> Others)
{
    /// <summary>The file that names it and the line in it; null when it is no file beside the source.</summary>
    public (string Path, int Line)? Place { get; private init; }

    public bool IsTeam => OwnerName.IsTeam(Name);

    static readonly MentionedName[] Attribute = [new("ServiceOwner"), new("ServiceOwnerAttribute")];

    /// <summary>In attributes of the assembly and in the build's property, which the build also writes into an attribute.</summary>
    public static IEnumerable<NamedOwner> InBuild(RuleContext rule)
    {
        foreach (var (key, value) in rule.Wired.Attributes)
        {
            if (key == "ServiceOwner" && (rule.Build.ServiceOwner.Length == 0 || value.Trim() != rule.Build.ServiceOwner))
                yield return new NamedOwner(value.Trim(), "AssemblyMetadata", []);
        }
        // Binding attributes costs; this one is hardly ever there.
        var mayHaveAttribute = rule.Compilation.SyntaxTrees.Any(static tree => TreeMentions.Of(tree) is var mentions && mentions.MentionsAny(Attribute) && Array.Exists(Attribute, mentions.Writes));
        foreach (var attribute in mayHaveAttribute ? rule.Compilation.Assembly.GetAttributes() : ImmutableArray<AttributeData>.Empty)
        {
            if (attribute.AttributeClass?.Name == "ServiceOwnerAttribute" && attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is string owner)
                yield return new NamedOwner(owner.Trim(), "the attribute ServiceOwner", []);
        }
        if (rule.Build.ServiceOwner.Length > 0)
            yield return new NamedOwner(rule.Build.ServiceOwner, "the property ServiceOwner", []);
    }

    /// <summary>In the entries of the catalog file that are the project's, or may be.</summary>
    public static IEnumerable<NamedOwner> InCatalog(RuleContext rule) =>
        from entry in CatalogEntry.Of(rule)
        let document = entry.Documents.FirstOrDefault(d => d.Owner is not null)
        where document is not null
        select new NamedOwner(document.Owner!, $"{Path.GetFileName(rule.Catalog!.Value.Path)}, line {document.OwnerLine},", document.OtherOwners)
        {
            Place = (rule.Catalog!.Value.Path, document.OwnerLine),
        };

    /// <summary>In the lines of CODEOWNERS that decide on the project's folder, a team before a person; null where they name nobody.</summary>
    public static NamedOwner? InCodeOwners(RuleContext rule)
    {
        if (rule.CodeOwners is not { } codeOwners || rule.Build.ProjectFolderInRepository is not { } folder)
            return null;
        var named = (from line in codeOwners.File.LinesFor(folder)
                     from owner in line.Owners
                     where owner[0] == '@' && owner[1] != '@'
                     orderby owner.Contains("/") descending
                     select (Handle: owner, Line: line.Number)).ToList();
        return named.Count == 0 ? null : new NamedOwner(named[0].Handle, $"CODEOWNERS, line {named[0].Line},", named.Skip(1).Select(o => o.Handle).ToList())
        {
            Place = (codeOwners.Path, named[0].Line),
        };
    }
}
