using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScorecardBuildTasks.Rules.Ownership;

/// <summary>Writes the listed team into the attribute that means it and calls it otherwise. An owner in a build file or the catalog is not in reach of a fix.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE1003OwnerIsKnownTeamFix))]
public sealed class SCORE1003OwnerIsKnownTeamFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SCORE1003");

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var diagnostic = context.Diagnostics[0];
        if (!diagnostic.Properties.TryGetValue(SCORE1003OwnerIsKnownTeam.KnownTeam, out var team) || team is null)
            return;
        var written = await OwnerAttribute.FindAsync(context.Document.Project, name => IsMeant(name, team), context.CancellationToken).ConfigureAwait(false);
        if (written is not null)
            context.RegisterCodeFix(CodeAction.Create($"Name '{team}' as the owner", cancellation => written.RenameAsync(team, cancellation), equivalenceKey: "SCORE1003"), diagnostic);
    }

    static bool IsMeant(string name, string team) => OwnerName.AreSame(name, team) && !string.Equals(name, team, StringComparison.OrdinalIgnoreCase);
}
