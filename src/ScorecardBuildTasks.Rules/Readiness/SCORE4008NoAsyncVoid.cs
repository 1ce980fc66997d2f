using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>No method or lambda is async void: nobody can await it, and an exception in it ends the process. Event handlers have no choice.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4008NoAsyncVoid() : Rule(Description)
{
    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4008NoAsyncVoid),
        level: 2,
        AppliesTo.Code,
        title: "Nothing is async void",
        message: "{0} is async void: nobody can await it, and an exception in it ends the process",
        description: "An exception that leaves an async void method is thrown on the thread pool, where nothing catches it: the whole service goes down. Its caller goes on before it is done.");

    static readonly MentionedName Async = new("async");

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule) =>
        start.RegisterSemanticModelAction(context =>
        {
            var model = context.SemanticModel;
            foreach (var token in WrittenTokens.In(model.SyntaxTree, Async, context.CancellationToken))
            {
                var (place, what) = token.Parent switch
                {
                    MethodDeclarationSyntax method when IsVoid(method.ReturnType) && !IsHandler(method, method.Identifier, method.Body, model, context.CancellationToken) => (method.Identifier, $"'{method.Identifier.ValueText}'"),
                    LocalFunctionStatementSyntax local when IsVoid(local.ReturnType) && !IsHandler(local, local.Identifier, local.Body, model, context.CancellationToken) => (local.Identifier, $"'{local.Identifier.ValueText}'"),
                    AnonymousFunctionExpressionSyntax lambda when DelegateOfVoidLambda(lambda, model, context.CancellationToken) is { } type => (token, $"The lambda for '{type}'"),
                    _ => default,
                };
                if (what is not null)
                    context.ReportDiagnostic(Diagnostic.Create(Descriptor, place.GetLocation(), what));
            }
        });

    static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    static bool IsHandler(SyntaxNode declaration, SyntaxToken name, BlockSyntax? body, SemanticModel model, CancellationToken cancellation) =>
        model.GetDeclaredSymbol(declaration, cancellation) is not IMethodSymbol method
        || HasHandlerSignature(method)
        || (CatchesEverything(body) && (IsBoundToVoid(method) || Uses(name, model, cancellation).Any(use => IsHandedOn(use, method, model, cancellation))))
        || Uses(name, model, cancellation).Any(use => IsAddedToEvent(use, model, cancellation));

    /// <summary><c>(object sender, EventArgs e)</c>, with arguments of any kind that events have.</summary>
    static bool HasHandlerSignature(IMethodSymbol method)
    {
        if (method.Parameters.Length != 2)
            return false;
        for (var type = method.Parameters[1].Type; type is not null; type = type.BaseType)
        {
            if (SymbolName.Of(type) == "System.EventArgs")
                return true;
        }
        return method.Parameters[0].Type.SpecialType == SpecialType.System_Object && method.Parameters[1].Type.Name.EndsWith("EventArgs", StringComparison.Ordinal);
    }

    /// <summary>The signature is somebody else's.</summary>
    static bool IsBoundToVoid(IMethodSymbol method) =>
        method.IsOverride || !method.ExplicitInterfaceImplementations.IsEmpty
        || method.ContainingType.AllInterfaces.Any(i => i.GetMembers(method.Name).Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method)));

    /// <summary>What must be void and lets nothing out can neither be awaited nor end the process.</summary>
    static bool CatchesEverything(BlockSyntax? body) =>
        body is { Statements: { Count: > 0 } statements } && statements.Last() is TryStatementSyntax { Catches: { Count: > 0 } catches } && statements.Take(statements.Count - 1).All(ThrowsNothing)
        && catches.Last() is { Filter: null } last && (last.Declaration is null || TreeMentions.SimpleName(last.Declaration.Type) == "Exception")
        && !catches.SelectMany(c => Functions.Own(c.Block)).Any(n => n is ThrowStatementSyntax or ThrowExpressionSyntax);

    /// <summary>What stands before the <c>try</c>: a flag, a guard against a second run, a line in the log.</summary>
    static bool ThrowsNothing(StatementSyntax statement) => Functions.Own(statement).All(n => n switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => TreeMentions.SimpleName(access.Expression) is "Interlocked" or "Volatile" || access.Name.Identifier.ValueText.StartsWith("Log", StringComparison.Ordinal),
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax or ThrowStatementSyntax or ThrowExpressionSyntax => false,
        _ => true,
    });

    /// <summary>Where the file writes the method's name.</summary>
    static IEnumerable<ExpressionSyntax> Uses(SyntaxToken name, SemanticModel model, CancellationToken cancellation) =>
        WrittenTokens.In(model.SyntaxTree, new MentionedName(name.Text), cancellation).Select(token => token.Parent).OfType<IdentifierNameSyntax>()
            .Select(identifier => identifier.Parent is MemberAccessExpressionSyntax access && access.Name == identifier ? access : (ExpressionSyntax)identifier);

    /// <summary>Made into a delegate, <c>new Timer(Tick)</c>, whose signature is somebody else's too.</summary>
    static bool IsHandedOn(ExpressionSyntax use, IMethodSymbol method, SemanticModel model, CancellationToken cancellation) =>
        !use.IsPartOfStructuredTrivia() && use.Parent is not (InvocationExpressionSyntax or MemberBindingExpressionSyntax)
        && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellation).Symbol, method);

    static bool IsAddedToEvent(ExpressionSyntax handler, SemanticModel model, CancellationToken cancellation) =>
        handler.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment && assignment.Right == handler
        && model.GetSymbolInfo(assignment.Left, cancellation).Symbol is IEventSymbol;

    /// <summary>The delegate that an async lambda is made into, where that returns nothing; null where it returns a task or the lambda handles an event.</summary>
    static string? DelegateOfVoidLambda(AnonymousFunctionExpressionSyntax lambda, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(lambda, cancellation).Symbol is IMethodSymbol { ReturnsVoid: true } method
        && !HasHandlerSignature(method) && !CatchesEverything(lambda.Block) && !IsAddedToEvent(lambda, model, cancellation)
            ? model.GetTypeInfo(lambda, cancellation).ConvertedType?.ToMinimalDisplayString(model, lambda.SpanStart) : null;
}
