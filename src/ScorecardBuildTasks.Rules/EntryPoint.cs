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

    // Kept with the tree, so that an edit looks at the edited file only.
    static readonly ConditionalWeakTable<SyntaxTree, StrongBox<CompilationUnitSyntax?>> Programs = new();

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

    static EntryPoint? Find(Compilation compilation, CancellationToken cancellation)
    {
        var declaration = OnlyProgram(compilation) ?? compilation.GetEntryPoint(cancellation)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        return declaration switch
        {
            MethodDeclarationSyntax main => new EntryPoint(main.SyntaxTree, main.Identifier.Span),
            CompilationUnitSyntax unit when unit.Members.OfType<GlobalStatementSyntax>().FirstOrDefault() is { } first => new EntryPoint(unit.SyntaxTree, FirstLine(first)),
            _ => null,
        };
    }

    /// <summary>The one file with top-level statements. They are where a program starts whatever else it declares, so that the compiler need not go through all that it declares for that.</summary>
    static CompilationUnitSyntax? OnlyProgram(Compilation compilation)
    {
        if (compilation.Options is not { OutputKind: OutputKind.ConsoleApplication or OutputKind.WindowsApplication, MainTypeName: null })
            return null;
        CompilationUnitSyntax? found = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (Programs.GetValue(tree, static t => new StrongBox<CompilationUnitSyntax?>(ProgramIn(t))).Value is not { } program)
                continue;
            if (found is not null)
                return null;
            found = program;
        }
        return found;
    }

    static CompilationUnitSyntax? ProgramIn(SyntaxTree tree) => tree.GetRoot() is CompilationUnitSyntax unit && unit.Members.Any(static m => m is GlobalStatementSyntax { Statement: not EmptyStatementSyntax }) ? unit : null;

    /// <summary>A statement may be the whole program (<c>try { … }</c>); its first line is enough to point at.</summary>
    static TextSpan FirstLine(GlobalStatementSyntax statement)
    {
        var line = statement.SyntaxTree.GetText().Lines.GetLineFromPosition(statement.SpanStart);
        return TextSpan.FromBounds(statement.SpanStart, Math.Min(statement.Span.End, line.End));
    }
}
