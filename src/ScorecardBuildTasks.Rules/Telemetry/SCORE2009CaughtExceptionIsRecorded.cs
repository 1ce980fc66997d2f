using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>A caught exception leaves a trace: in the log, on the activity, in another exception or in what the code goes on with. Whoever names the very exception has thought of it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2009CaughtExceptionIsRecorded() : Rule(Description)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2009CaughtExceptionIsRecorded),
        level: 3,
        AppliesTo.Code,
        title: "Caught exceptions are recorded or handled",
        message: "'{0}' swallows {1}: nothing is logged, recorded on the activity, rethrown or made into a result",
        description: "An exception that nobody hears of is an outage that nobody can explain: the request fails or does half of its work, and neither log nor trace says why.");

    static readonly MentionedName Catch = new("catch");

    /// <summary>Types that stand for whatever may happen.</summary>
    static readonly string[] General = ["System.Exception", "System.SystemException", "System.ApplicationException"];

    /// <summary>Where the methods live that log or record.</summary>
    static readonly string[] Recorders =
    [
        "Microsoft.Extensions.Logging.", "Serilog.", "NLog.", "log4net.", "OpenTelemetry.", "Datadog.Trace.", "Microsoft.ApplicationInsights.", "Elastic.Apm.", "Sentry.",
        "System.Diagnostics.Activity", "System.Diagnostics.Metrics.", "System.Diagnostics.Trace", "System.Diagnostics.Tracing.", "System.Diagnostics.EventLog", "System.Environment",
    ];

    static readonly string[] RecorderNames = ["Log", "Logger", "Telemetry", "Metrics", "Diagnostics"];

    /// <summary>Where the methods live that put a failure where the code goes on with it, beside collections: a completion source, a counter, a file, a response.</summary>
    static readonly string[] KeeperTypes =
    [
        "System.Threading.Tasks.TaskCompletionSource", "System.Threading.Channels.ChannelWriter", "System.Threading.Interlocked", "System.Threading.Volatile",
        "System.IO.TextWriter", "System.IO.StreamWriter", "System.IO.File", "Microsoft.AspNetCore.Http.",
    ];

    static readonly string[] Keepers = ["Add", "TryAdd", "Set", "TrySet", "Enqueue", "Push", "Insert", "Append", "Write", "TryWrite", "Increment", "Exchange"];

    static readonly string[] FailureWords = ["Fail", "Error", "Exception", "Reject", "Abort", "Invalid", "Unhealthy", "Nack", "DeadLetter", "Abandon"];

    /// <summary>What the methods are called that ask whether something works.</summary>
    static readonly string[] Questions = ["Try", "Is", "Can", "Has", "Ping"];

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        var general = new KnownTypes(start.Compilation, General);
        var cancelled = new KnownTypes(start.Compilation, ["System.OperationCanceledException"]);
        start.RegisterSemanticModelAction(context =>
        {
            var (model, cancellation) = (context.SemanticModel, context.CancellationToken);
            foreach (var token in WrittenTokens.In(model.SyntaxTree, Catch, cancellation))
            {
                if (token.Parent is not CatchClauseSyntax clause)
                    continue;
                var others = new OtherExceptions(clause);
                if (IsAccountedFor(clause, others, general, cancelled, model, cancellation))
                    continue;
                var written = clause.Declaration is { } declaration ? $"catch ({declaration.Type})" : "catch";
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, token.GetLocation(), written, others.AreLeft ? "whatever it does not ask for" : "what it catches"));
            }
        });
    }

    static bool IsAccountedFor(CatchClauseSyntax clause, OtherExceptions others, KnownTypes general, KnownTypes cancelled, SemanticModel model, CancellationToken cancellation)
    {
        // Told from the syntax alone, for nearly every clause
        if (clause.Filter is { } filter && !LeavesOutCancellationOnly(filter.FilterExpression))
            return true;
        var (name, statements) = (others.Name, others.Statements);
        if (name.Length > 0 && statements.Any(s => s.DescendantNodes().Any(n => n is IdentifierNameSyntax used && used.Identifier.ValueText == name && !IsDiscarded(used))))
            return true;
        if (statements.Any(s => Functions.Own(s).Any(n => n is ThrowStatementSyntax or ThrowExpressionSyntax || ChangesSomething(n))))
            return true;

        var type = clause.Declaration is { } declaration ? model.GetTypeInfo(declaration.Type, cancellation).Type : null;
        if (type is not null && !general.Contains(type))
            return statements.Any(s => !IsConsole(s, model, cancellation)) || others.HaveComment || cancelled.ContainsBaseOf(type);
        return statements.Any(s => Functions.Own(s).Any(n => n switch
        {
            InvocationExpressionSyntax call => Records(call, new SemanticModels(model), calls: 0, cancellation),
            ReturnStatementSyntax { Expression: { } value } => IsAnswer(value) || ReturnedResult.Is(value, model, cancellation),
            _ => false,
        }));
    }

    /// <summary>What is printed without the exception is no record of it, and nothing goes on with it.</summary>
    static bool IsConsole(StatementSyntax statement, SemanticModel model, CancellationToken cancellation) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && CalledMethod.At(call, model, cancellation) is { } method
        && (SymbolName.Of(method.ContainingType) == "System.Console" || (SymbolName.Of(method.ContainingType) == "System.IO.TextWriter" && call.ToString().Contains("Console.")));

    /// <summary><c>when (e is not OperationCanceledException)</c> says nothing about the exceptions that remain.</summary>
    static bool LeavesOutCancellationOnly(ExpressionSyntax filter)
    {
        var text = filter.ToString();
        return (filter is IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
            && (text.Contains("CanceledException") || text.Contains("IsCancellationRequested"));
    }

    static bool IsDiscarded(IdentifierNameSyntax used) => used.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard && discard.Right == used;

    /// <summary>A flag that is set, a failure that is counted: the code goes on with it.</summary>
    static bool ChangesSomething(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left is not IdentifierNameSyntax { Identifier.ValueText: "_" },
        PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression),
        PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PostIncrementExpression) || unary.IsKind(SyntaxKind.PostDecrementExpression),
        _ => false,
    };

    /// <summary>A call that logs, records or keeps the failure, or of a method in the source that does.</summary>
    static bool Records(InvocationExpressionSyntax call, SemanticModels models, int calls, CancellationToken cancellation)
    {
        if (CalledMethod.At(call, models.Of(call), cancellation) is not { } method)
            return false;
        var type = SymbolName.Of(method.ContainingType);
        var hasArguments = call.ArgumentList.Arguments.Count > 0;
        var namesFailure = Array.Exists(FailureWords, w => method.Name.Contains(w));
        if (Array.Exists(Recorders, r => type.StartsWith(r, StringComparison.Ordinal))
            || Array.Exists(RecorderNames, r => method.ContainingType.Name.EndsWith(r, StringComparison.Ordinal))
            || method.GetAttributes().Any(a => SymbolName.Of(a.AttributeClass) == "Microsoft.Extensions.Logging.LoggerMessageAttribute")
            || (hasArguments && namesFailure) || Keeps(method, type, hasArguments))
        {
            return true;
        }
        return calls < 3 && models.Compilation.DeclarationsOf(method, cancellation).Any(d => Functions.Own(d).Any(n =>
            n is ThrowStatementSyntax or ThrowExpressionSyntax
            || ((hasArguments || namesFailure) && ChangesSomething(n))
            || (n is InvocationExpressionSyntax inner && Records(inner, models, calls + 1, cancellation))));
    }

    static bool Keeps(IMethodSymbol method, string type, bool hasArguments) =>
        Array.Exists(Keepers, k => method.Name.StartsWith(k, StringComparison.Ordinal))
        && (Array.Exists(KeeperTypes, k => type.StartsWith(k, StringComparison.Ordinal))
            || (hasArguments && method.ContainingType.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable)));

    /// <summary><c>return false</c> where the question was whether it works, whatever a Try method says when it did not, and the program's own exit code.</summary>
    static bool IsAnswer(ExpressionSyntax value)
    {
        if (Functions.Around(value) is null or MethodDeclarationSyntax { Identifier.ValueText: "Main" })
            return value is not LiteralExpressionSyntax { Token.Value: 0 };
        var function = Functions.Around(value) switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            LocalFunctionStatementSyntax local => local.Identifier.ValueText,
            _ => "",
        };
        return Array.Exists(Questions, question => function.StartsWith(question, StringComparison.Ordinal)
            && (question == "Try" || value.IsKind(SyntaxKind.FalseLiteralExpression)));
    }
}
