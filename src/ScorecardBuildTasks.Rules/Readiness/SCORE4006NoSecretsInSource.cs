using System.Collections.Immutable;
using System.Globalization;
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
        if (candidates.IsEmpty)
            yield break;
        for (var i = 0; i < text.Length; i++)
        {
            // A quote in a comment opens nothing.
            if (text[i] == '/' && i + 1 < text.Length && text[i + 1] is '/' or '*')
            {
                var end = text[i + 1] == '/' ? text.IndexOf('\n', i) : text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? text.Length : end;
                continue;
            }
            if (text[i] != '"')
                continue;
            var (start, value) = (i, new StringBuilder());
            for (i++; i < text.Length && text[i] != '"'; i++)
                value.Append(text[i] == '\\' ? Unescaped(text, ref i) : text[i]);
            var place = TextSpan.FromBounds(start, Math.Min(i + 1, text.Length));
            if (candidates.Any(c => place.Contains(c)) && SecretIn(value.ToString(), isDevelopment) is { } what)
                yield return (place, what);
        }
    }

    /// <summary>The character that an escape sequence stands for; moves to the sequence's end.</summary>
    static char Unescaped(string text, ref int at)
    {
        if (++at >= text.Length)
            return '\\';
        if (text[at] == 'u' && at + 4 < text.Length && int.TryParse(text.Substring(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
        {
            at += 4;
            return (char)code;
        }
        return text[at] is 'n' or 'r' or 't' ? '\n' : text[at];
    }
}
