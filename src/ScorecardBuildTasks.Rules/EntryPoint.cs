using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules;

/// <summary>Where a service starts: the first top-level statement, otherwise the name of its Main method.</summary>
sealed class EntryPoint
{
    // Asked for by every rule, found once.
    static readonly ConditionalWeakTable<Compilation, StrongBox<EntryPoint?>> Cache = new();

    EntryPoint(SyntaxTree tree, TextSpan span) => Location = Location.Create(Tree = tree, span);

    public SyntaxTree Tree { get; }

    public Location Location { get; }

    public static EntryPoint? Of(Compilation compilation, CancellationToken cancellation)
    {
        if (Cache.TryGetValue(compilation, out var known))
            return known.Value;
        var found = new StrongBox<EntryPoint?>(Find(compilation, cancellation));
        return Cache.GetValue(compilation, _ => found).Value;
    }

    static EntryPoint? Find(Compilation compilation, CancellationToken cancellation) =>
        compilation.GetEntryPoint(cancellation)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            MethodDeclarationSyntax main => new EntryPoint(main.SyntaxTree, main.Identifier.Span),
            CompilationUnitSyntax unit when unit.Members.OfType<GlobalStatementSyntax>().FirstOrDefault() is { } first => new EntryPoint(unit.SyntaxTree, FirstLine(first)),
            _ => null,
        };

    /// <summary>A statement may be the whole program (<c>try { … }</c>); its first line is enough to point at.</summary>
    static TextSpan FirstLine(GlobalStatementSyntax statement)
    {
        var line = statement.SyntaxTree.GetText().Lines.GetLineFromPosition(statement.SpanStart);
        return TextSpan.FromBounds(statement.SpanStart, Math.Min(statement.Span.End, line.End));
    }
}
