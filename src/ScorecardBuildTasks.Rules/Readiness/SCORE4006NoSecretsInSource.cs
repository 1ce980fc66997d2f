using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>
/// No key of a known form and no connection string's password stands in a string of the code or of appsettings files, and no private key in a file that the service ships. The finding says what it is and never what it says, since findings travel
/// further than the source.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4006NoSecretsInSource() : Rule(Description)
{
    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4006NoSecretsInSource),
        level: 1,
        AppliesTo.Code,
        title: "No secret stands in the source",
        message: "'{0}' holds {1}: whoever can read the repository, or ever could, can use it",
        description: "A secret in the source is known to everybody who can read the repository, its forks, its backups and the built assembly, and stays in its history. It must be revoked, not only removed.");

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        start.RegisterSemanticModelAction(context =>
        {
            var tree = context.SemanticModel.SyntaxTree;
            foreach (var (place, what) in InCode(tree, context.CancellationToken))
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, Location.Create(tree, place), Path.GetFileName(tree.FilePath), what));
        });
        start.RegisterAdditionalFileAction(context =>
        {
            var file = context.AdditionalFile;
            var kind = RepositoryFile.KindOf(file, context.Options.AnalyzerConfigOptionsProvider);
            if (kind is not (RepositoryFile.AppSettings or RepositoryFile.KeyFile) || file.GetText(context.CancellationToken) is not { } text)
                return;
            var secrets = kind == RepositoryFile.AppSettings ? InJson(text.ToString(), isDevelopment: file.Path.EndsWith(".Development.json", StringComparison.OrdinalIgnoreCase))
                : PrivateKeyFile.In(text.ToString()) is { } key ? [key] : [];
            foreach (var (place, what) in secrets)
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, Location.Create(file.Path, place, text.Lines.GetLinePositionSpan(place)), Path.GetFileName(file.Path), what));
        });
    }

    static IEnumerable<int> Candidates(string text) => KnownSecret.Candidates(text).Concat(ConnectionPassword.Candidates(text));

    static string? SecretIn(string value, bool isDevelopment)
    {
        if (KnownSecret.In(value) is { } known)
            return known;
        return ConnectionPassword.HostOf(value, isDevelopment) is { } host ? $"the password of a connection string to '{host}'" : null;
    }

    // In code

    static IEnumerable<(TextSpan Place, string What)> InCode(SyntaxTree tree, CancellationToken cancellation)
    {
        var (root, seen) = ((SyntaxNode?)null, new HashSet<TextSpan>());
        foreach (var at in Candidates(tree.GetText(cancellation).ToString()))
        {
            var token = (root ??= tree.GetRoot(cancellation)).FindToken(at);
            if (token.Parent is not (LiteralExpressionSyntax or InterpolatedStringTextSyntax) || !token.Span.Contains(at))
                continue;
            var piece = token.Parent is InterpolatedStringTextSyntax ? token.Parent.Parent! : token.Parent;
            if (seen.Add(piece.Span) && SecretIn(Whole(piece), isDevelopment: false) is { } what)
                yield return (piece.Span, what);
        }
    }

    /// <summary>The text that a literal is part of, with <c>{}</c> for what is known at run time only.</summary>
    static string Whole(SyntaxNode piece)
    {
        while (piece.Parent is ParenthesizedExpressionSyntax || (piece.Parent is BinaryExpressionSyntax sum && sum.IsKind(SyntaxKind.AddExpression)))
            piece = piece.Parent;
        var text = new StringBuilder();
        Append(piece);
        return text.ToString();

        void Append(SyntaxNode node)
        {
            switch (node)
            {
                case LiteralExpressionSyntax literal:
                    text.Append(literal.Token.ValueText);
                    break;
                case InterpolatedStringExpressionSyntax interpolated:
                    foreach (var content in interpolated.Contents)
                        text.Append(content is InterpolatedStringTextSyntax part ? part.TextToken.ValueText : "{}");
                    break;
                case BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression):
                    Append(sum.Left);
                    Append(sum.Right);
                    break;
                case ParenthesizedExpressionSyntax inner:
                    Append(inner.Expression);
                    break;
                default:
                    text.Append("{}");
                    break;
            }
        }
    }

    // In JSON

    static IEnumerable<(TextSpan Place, string What)> InJson(string text, bool isDevelopment)
    {
        var candidates = Candidates(text).ToImmutableSortedSet();
        if (candidates.IsEmpty && !ConnectionPassword.IsNamedIn(text))
            yield break;
        var strings = JsonString.In(text).ToList();
        foreach (var piece in strings)
        {
            if (candidates.Any(c => piece.Place.Contains(c)) && SecretIn(piece.Value, isDevelopment) is { } what)
                yield return (piece.Place, what);
        }
        foreach (var members in strings.Where(s => s.Key is not null).GroupBy(s => s.Around))
        {
            if (ConnectionPassword.In(members, isDevelopment) is var (password, host) && KnownSecret.In(password.Value) is null)
                yield return (password.Place, $"the password of a connection to '{host}'");
        }
    }
}
