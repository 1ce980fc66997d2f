using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>A log call's template is the same text at every call; its values are arguments. A template that comes from elsewhere, as in a wrapper, is somebody else's.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2010LogTemplateIsConstant() : Rule(Description)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2010LogTemplateIsConstant),
        level: 2,
        AppliesTo.Code,
        title: "Log templates are constant",
        message: "The template of '{0}' is put together at run time, so that its values are lost as properties and its records form no group",
        description: "A structured log finds all records of one template and filters by the values in it. A template with the values written into it has neither.");

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        start.RegisterSemanticModelAction(context =>
        {
            var (model, cancellation) = (context.SemanticModel, context.CancellationToken);
            var mentions = TreeMentions.Of(model.SyntaxTree);
            foreach (var name in LogCall.Names)
            {
                foreach (var site in mentions.Sites(name, cancellation))
                {
                    if (site is InvocationExpressionSyntax call && Template(call, name.Text, model, cancellation) is { } template)
                        context.ReportDiagnostic(Diagnostic.Create(Descriptor, template.GetLocation(), name.Text));
                }
            }
        });
    }

    /// <summary>The template of a log call that is put together at run time.</summary>
    static ExpressionSyntax? Template(InvocationExpressionSyntax call, string name, SemanticModel model, CancellationToken cancellation)
    {
        // A call has the name of a type argument too.
        if (TreeMentions.SimpleName(call.Expression) != name || !MayTakeComposed(call))
            return null;
        return model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
            && LogCall.TemplateOf(call, method) is { } template
            && IsComposed(template.Expression, model, cancellation)
            && !HandsOnArguments(call, model, cancellation) ? template.Expression : null;
    }

    /// <summary>The template is the first text that a log call takes: what comes after a literal are its values.</summary>
    static bool MayTakeComposed(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (MayBeComposed(argument.Expression))
                return true;
            if (argument.NameColon is null && argument.Expression.IsKind(SyntaxKind.StringLiteralExpression))
                return false;
        }
        return false;
    }

    /// <summary>What the syntax alone cannot rule out.</summary>
    static bool MayBeComposed(ExpressionSyntax expression) => expression switch
    {
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents.Any(SyntaxKind.Interpolation),
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression),
        ConditionalExpressionSyntax choice => MayBeComposed(choice.WhenTrue) || MayBeComposed(choice.WhenFalse),
        SwitchExpressionSyntax choice => choice.Arms.Any(a => MayBeComposed(a.Expression)),
        ParenthesizedExpressionSyntax inner => MayBeComposed(inner.Expression),
        PostfixUnaryExpressionSyntax inner => MayBeComposed(inner.Operand),
        InvocationExpressionSyntax call => TreeMentions.SimpleName(call.Expression) is "Format" or "Concat" or "ToString",
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "Message",
        IdentifierNameSyntax local => InitialValue(local) is { } value && MayBeComposed(value),
        _ => false,
    };

    static bool IsComposed(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) => expression switch
    {
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents.OfType<InterpolationSyntax>().Any(i => !IsFixed(i.Expression, model, cancellation)),
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression) && !IsFixed(sum, model, cancellation),
        ConditionalExpressionSyntax choice => IsComposed(choice.WhenTrue, model, cancellation) || IsComposed(choice.WhenFalse, model, cancellation),
        SwitchExpressionSyntax choice => choice.Arms.Any(a => IsComposed(a.Expression, model, cancellation)),
        ParenthesizedExpressionSyntax inner => IsComposed(inner.Expression, model, cancellation),
        PostfixUnaryExpressionSyntax inner => IsComposed(inner.Operand, model, cancellation),
        InvocationExpressionSyntax call => model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
            && (method.Name == "ToString" ? IsException((call.Expression as MemberAccessExpressionSyntax)?.Expression, model, cancellation)
                : method.ContainingType.SpecialType == SpecialType.System_String && call.ArgumentList.Arguments.Any(a => !IsFixed(a.Expression, model, cancellation))),
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "Message" && IsException(access.Expression, model, cancellation),
        IdentifierNameSyntax local => InitialValue(local) is { } value && model.GetSymbolInfo(local, cancellation).Symbol is ILocalSymbol && IsComposed(value, model, cancellation),
        _ => false,
    };

    /// <summary>The same for as long as the process runs.</summary>
    static bool IsFixed(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) => expression switch
    {
        LiteralExpressionSyntax => true,
        ParenthesizedExpressionSyntax inner => IsFixed(inner.Expression, model, cancellation),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => IsFixed(sum.Left, model, cancellation) && IsFixed(sum.Right, model, cancellation),
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents.OfType<InterpolationSyntax>().All(i => IsFixed(i.Expression, model, cancellation)),
        MemberAccessExpressionSyntax { Expression: TypeOfExpressionSyntax } => true,
        _ => model.GetConstantValue(expression, cancellation).HasValue
            || model.GetSymbolInfo(expression, cancellation).Symbol is IFieldSymbol { IsStatic: true, IsReadOnly: true } or IPropertySymbol { Name: "NewLine", ContainingType.Name: "Environment" },
    };

    static bool IsException(ExpressionSyntax? expression, SemanticModel model, CancellationToken cancellation)
    {
        for (var type = expression is null ? null : model.GetTypeInfo(expression, cancellation).Type; type is not null; type = type.BaseType)
        {
            if (SymbolName.Of(type) == "System.Exception")
                return true;
        }
        return false;
    }

    /// <summary>A wrapper that hands on its caller's arguments adds to its caller's template.</summary>
    static bool HandsOnArguments(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(call.ArgumentList.Arguments.Last().Expression, cancellation).Symbol is IParameterSymbol { Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object } };

    /// <summary>What a local of this name is declared with before, where nothing else is ever assigned to it.</summary>
    static ExpressionSyntax? InitialValue(IdentifierNameSyntax local)
    {
        var name = local.Identifier.ValueText;
        for (var scope = local.Parent; scope is not null and not TypeDeclarationSyntax; scope = scope.Parent)
        {
            var value = Statements(scope).OfType<LocalDeclarationStatementSyntax>().SelectMany(s => s.Declaration.Variables).FirstOrDefault(v => v.Identifier.ValueText == name && v.Span.End < local.SpanStart)?.Initializer?.Value;
            if (value is not null)
                return scope.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a => a.Left is IdentifierNameSyntax left && left.Identifier.ValueText == name) ? null : value;
        }
        return null;
    }

    static IEnumerable<StatementSyntax> Statements(SyntaxNode scope) => scope switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement),
        _ => [],
    };
}
