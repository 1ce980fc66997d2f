using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>
/// Tells whether code runs in the Development environment only, or in another that is not production: inside <c>if (env.IsDevelopment())</c>, <c>if (!env.IsProduction())</c>, its negated
/// twin, or after leaving otherwise. What must hold in production does not hold there.
/// </summary>
static class DevelopmentOnly
{
    public static bool Is(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        // Local functions may call each other: each is asked for its callers once.
        HashSet<LocalFunctionStatementSyntax>? asked = null;
        Stack<SyntaxNode>? callers = null;
        for (var at = site; ; at = callers.Pop())
        {
            if (!IsInBranch(at, model, cancellation))
            {
                if (CallersOf(at) is not { } called)
                    return false;
                if ((asked ??= []).Add(called.Function))
                    called.Calls.ForEach((callers ??= new()).Push);
            }
            if (callers is not { Count: > 0 })
                return true;
        }
    }

    /// <summary>The innermost local function around the code that is called at all, and where it is.</summary>
    static (LocalFunctionStatementSyntax Function, List<IdentifierNameSyntax> Calls)? CallersOf(SyntaxNode site)
    {
        foreach (var function in site.Ancestors().TakeWhile(IsInMember).OfType<LocalFunctionStatementSyntax>())
        {
            var calls = (function.Parent is GlobalStatementSyntax statement ? statement.Parent : function.Parent)!.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.ValueText == function.Identifier.ValueText && !function.Span.Contains(name.Span)).ToList();
            if (calls.Count > 0)
                return (function, calls);
        }
        return null;
    }

    static bool IsInMember(SyntaxNode node) => node is not MemberDeclarationSyntax { Parent: TypeDeclarationSyntax };

    /// <summary>The same without the callers of the local functions around it.</summary>
    static bool IsInBranch(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        for (SyntaxNode? node = site; node is { Parent: { } parent } && IsInMember(node); node = parent)
        {
            var implied = parent switch
            {
                IfStatementSyntax branch when node == branch.Statement => Implies(branch.Condition, true, model, cancellation),
                ElseClauseSyntax { Parent: IfStatementSyntax branch } => Implies(branch.Condition, false, model, cancellation),
                ConditionalExpressionSyntax choice when node == choice.WhenTrue => Implies(choice.Condition, true, model, cancellation),
                ConditionalExpressionSyntax choice when node == choice.WhenFalse => Implies(choice.Condition, false, model, cancellation),
                BlockSyntax block => Before(block.Statements, node).Any(s => LeavesUnlessDevelopment(s, model, cancellation)),
                CompilationUnitSyntax unit => Before(unit.Members, node).Any(m => m is GlobalStatementSyntax g && LeavesUnlessDevelopment(g.Statement, model, cancellation)),
                _ => false,
            };
            if (implied)
                return true;
        }
        return false;
    }

    static IEnumerable<T> Before<T>(SyntaxList<T> list, SyntaxNode node) where T : SyntaxNode => list.TakeWhile(s => s != node);

    static bool LeavesUnlessDevelopment(StatementSyntax statement, SemanticModel model, CancellationToken cancellation) =>
        statement is IfStatementSyntax { Else: null } branch
        && (branch.Statement is BlockSyntax { Statements.Count: > 0 } block ? block.Statements.Last() : branch.Statement) is ReturnStatementSyntax or ThrowStatementSyntax
        && Implies(branch.Condition, false, model, cancellation);

    /// <summary>Whether the condition having this value means that the environment is not production.</summary>
    static bool Implies(ExpressionSyntax condition, bool value, SemanticModel model, CancellationToken cancellation)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax inner:
                return Implies(inner.Expression, value, model, cancellation);
            case PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression):
                return Implies(not.Operand, !value, model, cancellation);
            case BinaryExpressionSyntax both when both.IsKind(value ? SyntaxKind.LogicalAndExpression : SyntaxKind.LogicalOrExpression):
                return Implies(both.Left, value, model, cancellation) || Implies(both.Right, value, model, cancellation);
            case BinaryExpressionSyntax either when either.IsKind(value ? SyntaxKind.LogicalOrExpression : SyntaxKind.LogicalAndExpression):
                return Implies(either.Left, value, model, cancellation) && Implies(either.Right, value, model, cancellation);
            case InvocationExpressionSyntax call:
                return AskedFor(call, model, cancellation) is { } asked && IsOutside(asked, value);
            case BinaryExpressionSyntax same when same.IsKind(SyntaxKind.EqualsExpression) || same.IsKind(SyntaxKind.NotEqualsExpression):
                return Compared([same.Left, same.Right], model, cancellation) is { } compared && IsOutside(compared, value == same.IsKind(SyntaxKind.EqualsExpression));
            case IsPatternExpressionSyntax test:
                return IsEnvironmentName(test.Expression, model, cancellation) && Implies(test.Pattern, value, model, cancellation);
            case IdentifierNameSyntax name:
                // Code that does not compile yet may make a variable of itself.
                return model.GetSymbolInfo(name, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
                    && declarations[0].GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } initial } && initial.Span.End < name.SpanStart
                    && Implies(initial, value, model, cancellation);
            default:
                return false;
        }
    }

    static bool Implies(PatternSyntax pattern, bool value, SemanticModel model, CancellationToken cancellation) => pattern switch
    {
        ParenthesizedPatternSyntax inner => Implies(inner.Pattern, value, model, cancellation),
        UnaryPatternSyntax not => Implies(not.Pattern, !value, model, cancellation),
        BinaryPatternSyntax two when two.IsKind(value ? SyntaxKind.AndPattern : SyntaxKind.OrPattern) => Implies(two.Left, value, model, cancellation) || Implies(two.Right, value, model, cancellation),
        BinaryPatternSyntax two => Implies(two.Left, value, model, cancellation) && Implies(two.Right, value, model, cancellation),
        ConstantPatternSyntax constant => model.GetConstantValue(constant.Expression, cancellation).Value is string name && IsOutside(name, value),
        _ => false,
    };

    /// <summary>Whether being in the environment of this name, or not being there, is not being in production. What others are called tells nothing of what they are.</summary>
    static bool IsOutside(string environment, bool isThere) => isThere ? environment is "Development" or "Staging" : environment == "Production";

    /// <summary>The environment that a call asks for: <c>env.IsDevelopment()</c>, <c>env.IsEnvironment("Development")</c>, <c>env.EnvironmentName.Equals("Development")</c>.</summary>
    static string? AskedFor(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        var name = TreeMentions.SimpleName(call.Expression);
        if (name == "Equals")
            return Compared(call.ArgumentList.Arguments.Select(a => a.Expression).Concat(call.Expression is MemberAccessExpressionSyntax access ? [access.Expression] : []), model, cancellation);
        var asked = name switch
        {
            "IsDevelopment" or "IsStaging" or "IsProduction" => name.Substring(2),
            "IsEnvironment" => call.ArgumentList.Arguments.LastOrDefault() is { } argument ? TextOf(argument.Expression, model, cancellation) : null,
            _ => null,
        };
        return asked is not null && CalledMethod.At(call, model, cancellation) is { } method
            && SymbolName.Of(method.ContainingType) is "Microsoft.Extensions.Hosting.HostEnvironmentEnvExtensions" or "Microsoft.AspNetCore.Hosting.HostingEnvironmentExtensions"
                or "Microsoft.Extensions.Hosting.HostingEnvironmentExtensions" ? asked : null;
    }

    /// <summary>The text that the name of the environment is compared with.</summary>
    static string? Compared(IEnumerable<ExpressionSyntax> expressions, SemanticModel model, CancellationToken cancellation)
    {
        var (isEnvironment, text) = (false, (string?)null);
        foreach (var expression in expressions)
        {
            if (IsEnvironmentName(expression, model, cancellation))
                isEnvironment = true;
            else
                text ??= TextOf(expression, model, cancellation);
        }
        return isEnvironment ? text : null;
    }

    /// <summary>The framework's names are fields and no constants.</summary>
    static string? TextOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) =>
        model.GetConstantValue(expression, cancellation).Value as string
        ?? (model.GetSymbolInfo(expression, cancellation).Symbol is IFieldSymbol field && SymbolName.Of(field.ContainingType) == "Microsoft.Extensions.Hosting.Environments" ? field.Name : null);

    static bool IsEnvironmentName(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) =>
        TreeMentions.SimpleName(expression) == "EnvironmentName" && model.GetSymbolInfo(expression, cancellation).Symbol is IPropertySymbol property
        && SymbolName.Of(property.ContainingType) is "Microsoft.Extensions.Hosting.IHostEnvironment" or "Microsoft.Extensions.Hosting.IHostingEnvironment" or "Microsoft.AspNetCore.Hosting.IHostingEnvironment";
}
