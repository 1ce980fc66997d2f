using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Where requests and messages are worked on, a task is awaited and no thread waits for it. What has been awaited already may be asked for its result.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4009NoBlockingOnAsync() : Rule(Description)
{
    const string Tasks = "System.Threading.Tasks.";

    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4009NoBlockingOnAsync),
        level: 3,
        AppliesTo.Code,
        title: "Request paths await and do not block",
        message: "'{0}' blocks a thread until the task is done; under load the pool has none left",
        description: "A thread that waits for a task does nothing else. Under load all threads of the pool wait, those too that the tasks need to go on, and the service stands still with an idle processor.");

    static readonly MentionedName[] Names = [new("Result"), new("Wait"), new("WaitAll"), new("WaitAny"), new("GetResult")];

    /// <summary>What takes an element out of a collection, or some of them.</summary>
    static readonly HashSet<string> Picks = new(StringComparer.Ordinal)
    {
        "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault", "ElementAt", "ElementAtOrDefault", "Where", "Skip", "Take", "Find", "Dequeue", "Peek", "Pop", "GetValueOrDefault",
    };

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        var paths = new RequestPaths(start.Compilation);
        start.RegisterSemanticModelAction(context =>
        {
            var (model, cancellation) = (context.SemanticModel, context.CancellationToken);
            foreach (var name in Names)
            {
                foreach (var token in WrittenTokens.In(model.SyntaxTree, name, cancellation))
                {
                    if (token.Parent is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } && access.Name.Identifier == token
                        && Blocking(access, model, cancellation) is { } blocking && !IsNamed(access) && paths.Contain(access, model, cancellation) && !IsDone(access, model, cancellation))
                    {
                        context.ReportDiagnostic(Diagnostic.Create(Descriptor, token.GetLocation(), blocking));
                    }
                }
            }
        });
    }

    /// <summary>How the access reads, when it waits for a task.</summary>
    static string? Blocking(MemberAccessExpressionSyntax access, SemanticModel model, CancellationToken cancellation)
    {
        var symbol = model.GetSymbolInfo(access, cancellation).Symbol;
        if (symbol is null)
            return null;
        var type = SymbolName.Of(symbol.ContainingType);
        return symbol switch
        {
            IPropertySymbol { Name: "Result" } when type is Tasks + "Task" or Tasks + "ValueTask" => ".Result",
            IMethodSymbol { Name: "Wait" or "WaitAll" or "WaitAny" } when type == Tasks + "Task" => symbol.IsStatic ? $"Task.{symbol.Name}" : ".Wait()",
            IMethodSymbol { Name: "GetResult" } when type.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal) && type.EndsWith("Awaiter", StringComparison.Ordinal) => ".GetAwaiter().GetResult()",
            _ => null,
        };
    }

    static bool IsNamed(SyntaxNode access) => access.Ancestors().Any(a => a is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    /// <summary>Whether the task was awaited before, or is known to be complete.</summary>
    static bool IsDone(MemberAccessExpressionSyntax access, SemanticModel model, CancellationToken cancellation)
    {
        var scope = access.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault(m => m is not GlobalStatementSyntax) ?? access.SyntaxTree.GetRoot(cancellation);
        if (Inner(access.Expression) is AwaitExpressionSyntax first)
            return IsWhenAny(Inner(first.Expression), scope, model, cancellation);
        if (Root(access.Expression, model, cancellation) is not { } task)
            return false;
        var name = task.Identifier.ValueText;
        var isElement = IsElement(First(task), model, cancellation);
        foreach (var node in scope.DescendantNodes())
        {
            var done = node switch
            {
                // An element of what was awaited as a whole
                AwaitExpressionSyntax awaited => awaited.Span.End <= access.SpanStart && (IsOf(awaited) || (InitialValue(Root(awaited.Expression, model, cancellation), scope) is { } made && IsOf(made))),
                CommonForEachStatementSyntax each => isElement && each.Span.Contains(access.Span) && Mentions(each.Expression, "WhenEach"),
                VariableDeclaratorSyntax { Initializer.Value: AwaitExpressionSyntax } local => local.Identifier.ValueText == name,
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitAll" } } wait => wait.Span.End <= access.SpanStart && Mentions(wait, name),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContinueWith" } } next => next.Span.Contains(access.Span) && isElement,
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCompleted" or "IsCompletedSuccessfully" or "Status" } asked => Root(asked.Expression, model, cancellation)?.Identifier.ValueText == name,
                SubpatternSyntax { NameColon.Name.Identifier.ValueText: "IsCompleted" or "IsCompletedSuccessfully" or "Status" } asked => IsAskedOf(asked, name, model, cancellation),
                _ => false,
            };
            if (done)
                return true;
        }
        return false;

        bool IsOf(SyntaxNode awaited) => Mentions(awaited, name) || (isElement && Mentions(awaited, "WhenAll"));
    }

    /// <summary>What stands in parentheses, or is made ready to be awaited.</summary>
    static ExpressionSyntax Inner(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Inner(inner.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" or "ConfigureAwait" } access } => Inner(access.Expression),
        _ => expression,
    };

    /// <summary>Who awaits <c>Task.WhenAny</c> has a task that is complete; other tasks of tasks tell nothing of the inner one.</summary>
    static bool IsWhenAny(ExpressionSyntax awaited, SyntaxNode scope, SemanticModel model, CancellationToken cancellation) =>
        (awaited is IdentifierNameSyntax local ? InitialValue(local, scope) : awaited) is InvocationExpressionSyntax call && TreeMentions.SimpleName(call.Expression) == "WhenAny"
        && CalledMethod.At(call, model, cancellation) is { } method && SymbolName.Of(method.ContainingType) == Tasks + "Task";

    /// <summary>Whether a pattern asks the variable of this name, or gives it this name: <c>task is { IsCompleted: true } done</c>.</summary>
    static bool IsAskedOf(SubpatternSyntax asked, string name, SemanticModel model, CancellationToken cancellation)
    {
        if (asked.Parent?.Parent is not RecursivePatternSyntax pattern)
            return false;
        if (pattern.Designation is SingleVariableDesignationSyntax designation && designation.Identifier.ValueText == name)
            return true;
        var around = pattern.Ancestors().First(a => a is SubpatternSyntax or IsPatternExpressionSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or StatementSyntax or MemberDeclarationSyntax);
        return name == around switch
        {
            SubpatternSyntax part => part.NameColon?.Name.Identifier.ValueText,
            IsPatternExpressionSyntax test => Root(test.Expression, model, cancellation)?.Identifier.ValueText,
            SwitchStatementSyntax choice => Root(choice.Expression, model, cancellation)?.Identifier.ValueText,
            SwitchExpressionSyntax choice => Root(choice.GoverningExpression, model, cancellation)?.Identifier.ValueText,
            _ => null,
        };
    }

    /// <summary>What a local is declared with: <c>var all = Task.WhenAll(a, b); await all;</c> awaits both.</summary>
    static InvocationExpressionSyntax? InitialValue(IdentifierNameSyntax? local, SyntaxNode scope) => local is null ? null
        : scope.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(v => v.Identifier.ValueText == local.Identifier.ValueText)?.Initializer?.Value as InvocationExpressionSyntax;

    /// <summary>Whether a variable stands for each element of something in turn, in a query, a lambda or a loop.</summary>
    static bool IsElement(IdentifierNameSyntax variable, SemanticModel model, CancellationToken cancellation) => model.GetSymbolInfo(variable, cancellation).Symbol switch
    {
        IRangeVariableSymbol or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } or ILocalSymbol { IsForEach: true } => true,
        ILocalSymbol local => local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation).FirstAncestorOrSelf<StatementSyntax>() is ForEachVariableStatementSyntax,
        _ => false,
    };

    /// <summary>The variable at the beginning of the access that a name ends: <c>pair</c> of <c>pair.Value</c>.</summary>
    static IdentifierNameSyntax First(IdentifierNameSyntax name)
    {
        ExpressionSyntax first = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access.Expression : name;
        while (first is MemberAccessExpressionSyntax { Expression: var owner })
            first = owner;
        return first as IdentifierNameSyntax ?? name;
    }

    static bool Mentions(SyntaxNode node, string name) => node.DescendantNodes().Any(n => n is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name);

    /// <summary>The variable that holds the task or the collection that does; null for what a call returns.</summary>
    static IdentifierNameSyntax? Root(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) => expression switch
    {
        IdentifierNameSyntax name => name,
        ParenthesizedExpressionSyntax inner => Root(inner.Expression, model, cancellation),
        PostfixUnaryExpressionSyntax inner => Root(inner.Operand, model, cancellation),
        ElementAccessExpressionSyntax element => Root(element.Expression, model, cancellation),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax field } => field,
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax member } => member,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" or "ConfigureAwait" } access } => Root(access.Expression, model, cancellation),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when Picks.Contains(access.Name.Identifier.ValueText) && CalledMethod.At(call, model, cancellation) is { } method
            && SymbolName.Of(method.ContainingType) is var type && (type == "System.Linq.Enumerable" || type.StartsWith("System.Collections.", StringComparison.Ordinal)) => Root(access.Expression, model, cancellation),
        _ => null,
    };
}
