using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Makes an interpolated template a constant one: every hole becomes a named placeholder, its expression an argument.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SCORE2010LogTemplateIsConstantFix))]
public sealed class SCORE2010LogTemplateIsConstantFix() : TextFix("SCORE2010", "Hand the values over as arguments of the template")
{
    private protected override async Task<IReadOnlyList<(DocumentId Document, TextChange Change)>> ChangesAsync(Document document, Diagnostic finding, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        // Arguments that are there already belong to placeholders among the text, and a braced text may be one.
        if (root.FindNode(finding.Location.SourceSpan, getInnermostNodeForTie: true) is not InterpolatedStringExpressionSyntax { Parent: ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax arguments } template } text
            || template != arguments.Arguments.Last() || Opening(text.StringStartToken.Text) is not { } opening
            || text.Contents.OfType<InterpolatedStringTextSyntax>().Any(t => t.TextToken.ValueText.IndexOfAny(['{', '}']) >= 0)
            || model.GetSymbolInfo(arguments.Parent!, cancellation).Symbol?.ContainingType.Name is null or "LoggerMessage")
        {
            return [];
        }
        var objects = model.Compilation.CreateArrayTypeSymbol(model.Compilation.ObjectType);
        var holes = text.Contents.OfType<InterpolationSyntax>().Count();
        // The only argument of params would be taken for all of them.
        bool WouldBeAllValues(ITypeSymbol type) => holes == 1 && model.Compilation.ClassifyConversion(type, objects) is { IsImplicit: true, IsUserDefined: false };

        var (written, values, names) = (new StringBuilder(opening), new StringBuilder(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var content in text.Contents)
        {
            if (content is not InterpolationSyntax hole)
            {
                written.Append(content);
                continue;
            }
            var value = hole.Expression is ParenthesizedExpressionSyntax inner ? inner.Expression : hole.Expression;
            if (hole is { AlignmentClause: null, FormatClause: null } && NameIn(value, model, cancellation) is { } fixedText)
            {
                written.Append(fixedText);
                continue;
            }
            if (model.GetTypeInfo(value, cancellation) is not { Type: { IsRefLikeType: false, TypeKind: not TypeKind.Dynamic } } type || hole.AlignmentClause is { Value: not (LiteralExpressionSyntax or PrefixUnaryExpressionSyntax) })
                return [];
            written.Append('{').Append(Distinct(NameOf(value), names)).Append(hole.AlignmentClause).Append(hole.FormatClause).Append('}');
            values.Append(", ").Append(WouldBeAllValues(type.Type) ? AsOne(value, type.Nullability.FlowState) : value.WithoutTrivia().ToString());
        }
        written.Append(text.StringEndToken.Text);
        return [(document.Id, new TextChange(text.Span, written.ToString() + values))];
    }

    /// <summary>How the same text starts when it is no interpolated string. Several <c>$</c> give braces another meaning.</summary>
    static string? Opening(string start) => start.IndexOf('$') != start.LastIndexOf('$') ? null : start.Replace("$", "");

    /// <summary>What <c>nameof</c> says is the same at every call: text of the template and no value.</summary>
    static string? NameIn(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation) =>
        value is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } ? model.GetConstantValue(value, cancellation).Value as string : null;

    static string AsOne(ExpressionSyntax value, NullableFlowState state) =>
        (state == NullableFlowState.MaybeNull ? "(object?)" : "(object)")
        + (value is SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax ? $"{value.WithoutTrivia()}" : $"({value.WithoutTrivia()})");

    static string Distinct(string name, HashSet<string> taken)
    {
        var distinct = name;
        for (var i = 2; !taken.Add(distinct); i++)
            distinct = name + i;
        return distinct;
    }

    /// <summary>What the value is called: <c>orderId</c> and <c>order.Id</c> are OrderId, <c>GetTotal()</c> is Total.</summary>
    static string NameOf(ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax name => Pascal(name.Identifier.ValueText),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => Pascal(access.Name.Identifier.ValueText),
        MemberAccessExpressionSyntax access => Joined(NameOf(access.Expression), Pascal(access.Name.Identifier.ValueText)),
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax member } access => Joined(NameOf(access.Expression), Pascal(member.Name.Identifier.ValueText)),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToString" } access } => NameOf(access.Expression),
        InvocationExpressionSyntax call when TreeMentions.SimpleName(call.Expression) is { } method => Pascal(method.StartsWith("Get", StringComparison.Ordinal) && method.Length > 3 ? method.Substring(3) : method),
        ElementAccessExpressionSyntax element => NameOf(element.Expression),
        AwaitExpressionSyntax awaited => NameOf(awaited.Expression),
        PostfixUnaryExpressionSyntax inner => NameOf(inner.Operand),
        CastExpressionSyntax inner => NameOf(inner.Expression),
        ParenthesizedExpressionSyntax inner => NameOf(inner.Expression),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.CoalesceExpression) => NameOf(sum.Left),
        _ => "Value",
    };

    /// <summary>A member that repeats its owner's name says enough alone.</summary>
    static string Joined(string owner, string member) => member.StartsWith(owner, StringComparison.Ordinal) || owner == "Value" ? member : owner + member;

    static string Pascal(string name)
    {
        var letters = name.TrimStart('_');
        return letters.Length == 0 ? "Value" : char.ToUpperInvariant(letters[0]) + letters.Substring(1);
    }
}
