using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>A service writes log records and not lines to the console or to a trace that nobody listens to. Where there is no logger yet, the console is all there is.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE2008NoConsoleLogging() : Rule(Description)
{
    static readonly DiagnosticDescriptor Description = TelemetryScorecard.Instance.Describe(
        typeof(SCORE2008NoConsoleLogging),
        level: 2,
        AppliesTo.Code,
        title: "Nothing is logged to the console by hand",
        message: "'{0}' writes a line that has no level, no properties and no trace id, and that no exporter sends",
        description: "A line written by hand cannot be filtered by level, found by its values or joined to the request that wrote it. A logger's record can, and still shows on the console.");

    static readonly MentionedName Console = new("Console");
    static readonly MentionedName Trace = new("Trace");

    static readonly MentionedName[] Names =
        [.. new[] { "Write", "WriteLine", "WriteAsync", "WriteLineAsync", "WriteIf", "WriteLineIf", "TraceInformation", "TraceWarning", "TraceError" }.Select(n => new MentionedName(n))];

    /// <summary>What makes a class part of logging itself, where the console may be the very destination.</summary>
    static readonly string[] Sinks =
    [
        "Microsoft.Extensions.Logging.ILogger", "Microsoft.Extensions.Logging.ILoggerProvider", "Microsoft.Extensions.Logging.Console.ConsoleFormatter", "Serilog.Core.ILogEventSink", "NLog.Targets.Target",
        "OpenTelemetry.BaseExporter`1", "OpenTelemetry.BaseProcessor`1", "System.IO.TextWriter", "System.Diagnostics.TraceListener", "System.Diagnostics.Tracing.EventListener",
    ];

    static readonly HashSet<string> Runners = new(StringComparer.Ordinal) { "Run", "RunAsync", "RunConsoleAsync", "Start", "StartAsync" };

    static readonly HashSet<string> Builders = new(Runners, StringComparer.Ordinal) { "Build" };

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        var sinks = new KnownTypes(start.Compilation, Sinks);
        start.RegisterSemanticModelAction(context =>
        {
            var (model, cancellation) = (context.SemanticModel, context.CancellationToken);
            var mentions = TreeMentions.Of(model.SyntaxTree);
            if (!mentions.Mentions(Console) && !mentions.Mentions(Trace))
                return;
            foreach (var name in Names)
            {
                foreach (var site in mentions.Sites(name, cancellation))
                {
                    if (Written(site, model, cancellation) is { } written && !IsExempt(site, sinks, model, cancellation))
                        context.ReportDiagnostic(Diagnostic.Create(Descriptor, site.GetLocation(), written));
                }
            }
        });
    }

    /// <summary>The call as it reads, when it writes to the console or to a trace.</summary>
    static string? Written(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        var called = site is InvocationExpressionSyntax call ? call.Expression : site;
        var receiver = (called as MemberAccessExpressionSyntax)?.Expression;
        if (called is not IdentifierNameSyntax && (receiver is null || TreeMentions.SimpleName(receiver) is not ("Console" or "Out" or "Error" or "Trace")))
            return null;
        if (CalledMethod.At(site, model, cancellation) is not { } method)
            return null;
        var writes = SymbolName.Of(method.ContainingType) switch
        {
            "System.Console" or "System.Diagnostics.Trace" => true,
            "System.IO.TextWriter" => receiver is not null && model.GetSymbolInfo(receiver, cancellation).Symbol is IPropertySymbol { IsStatic: true } property && SymbolName.Of(property.ContainingType) == "System.Console",
            _ => false,
        };
        return writes ? called is IdentifierNameSyntax ? $"{method.ContainingType.Name}.{method.Name}" : called.WithoutTrivia().ToString() : null;
    }

    static bool IsExempt(SyntaxNode site, KnownTypes sinks, SemanticModel model, CancellationToken cancellation) =>
        DebugOnly.Is(site) || IsInSink(site, sinks, model, cancellation) || IsForSelfLog(site, model, cancellation)
        || IsLastWord(site, model, cancellation) || HasNoLogger(site, model, cancellation) || DevelopmentOnly.Is(site, model, cancellation);

    static bool IsInSink(SyntaxNode site, KnownTypes sinks, SemanticModel model, CancellationToken cancellation)
    {
        for (var type = model.GetEnclosingSymbol(site.SpanStart, cancellation)?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (sinks.ContainsAncestorOf(type))
                return true;
        }
        return false;
    }

    /// <summary>What a logging library says when it cannot log: <c>SelfLog.Enable(Console.Error.WriteLine)</c>.</summary>
    static bool IsForSelfLog(SyntaxNode site, SemanticModel model, CancellationToken cancellation) =>
        site.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => TreeMentions.SimpleName(call.Expression) == "Enable"
            && CalledMethod.At(call, model, cancellation) is { } method && SymbolName.Of(method.ContainingType) == "Serilog.Debugging.SelfLog");

    /// <summary>Where the process ends by an exception that nobody caught, no logger may be left.</summary>
    static bool IsLastWord(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        for (var function = Functions.Around(site); function is not null; function = Functions.Around(function))
        {
            var symbol = function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, cancellation).Symbol : model.GetDeclaredSymbol(function, cancellation);
            if (symbol is IMethodSymbol method && method.Parameters.Any(p => SymbolName.Of(p.Type) == "System.UnhandledExceptionEventArgs"))
                return true;
        }
        return false;
    }

    /// <summary>In the program's own statements, before the host is built or when it could not be, and in functions that only those call.</summary>
    static bool HasNoLogger(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        if (model.Compilation.GetEntryPoint(cancellation)?.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference || reference.SyntaxTree != model.SyntaxTree)
            return false;
        return IsOutsideHost(site, reference.GetSyntax(cancellation), calls: 0, model, cancellation);
    }

    static bool IsOutsideHost(SyntaxNode site, SyntaxNode program, int calls, SemanticModel model, CancellationToken cancellation)
    {
        var function = Functions.Around(site);
        if (function == program || (function is null && program is CompilationUnitSyntax && site.AncestorsAndSelf().OfType<GlobalStatementSyntax>().Any()))
            return IsInCatch(site, program) || IsInCommand(site, program, model, cancellation) || !IsHostBuiltBefore(site, program, model, cancellation);
        // The usage text, printed by a function of its own
        var name = function switch
        {
            MethodDeclarationSyntax method when method.Parent == program.Parent || program is CompilationUnitSyntax => method.Identifier.Text,
            LocalFunctionStatementSyntax local => local.Identifier.Text,
            _ => null,
        };
        if (name is null || calls > 2)
            return false;
        var uses = WrittenTokens.In(site.SyntaxTree, new MentionedName(name), cancellation).Where(t => t.Parent is IdentifierNameSyntax && !function!.Span.Contains(t.Span)).ToList();
        return uses.Count > 0 && uses.TrueForAll(use => IsOutsideHost(use.Parent!, program, calls + 1, model, cancellation));
    }

    static bool IsInCatch(SyntaxNode site, SyntaxNode program) => site.Ancestors().TakeWhile(n => n != program).Any(n => n is CatchClauseSyntax);

    /// <summary>In a branch that the arguments choose and that ends the program without running the host: a command's output, not a service's log.</summary>
    static bool IsInCommand(SyntaxNode site, SyntaxNode program, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var node in site.Ancestors().TakeWhile(n => n != program))
        {
            var (choice, last) = node switch
            {
                SwitchSectionSyntax { Parent: SwitchStatementSyntax { Expression: var value } } section => (value, section.Statements.Last()),
                StatementSyntax { Parent: IfStatementSyntax branch } => (branch.Condition, (StatementSyntax)node),
                StatementSyntax { Parent: ElseClauseSyntax { Parent: IfStatementSyntax branch } } => (branch.Condition, (StatementSyntax)node),
                _ => default,
            };
            if (choice is not null && Ends(last, model, cancellation) && IsOfArguments(choice, model, cancellation) && !Calls(node.DescendantNodes(), Runners, model, cancellation))
                return true;
        }
        return false;
    }

    static bool Ends(StatementSyntax last, SemanticModel model, CancellationToken cancellation) => last switch
    {
        BlockSyntax { Statements.Count: > 0 } block => Ends(block.Statements.Last(), model, cancellation),
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => TreeMentions.SimpleName(call.Expression) == "Exit"
            && CalledMethod.At(call, model, cancellation) is { } method && SymbolName.Of(method.ContainingType) == "System.Environment",
        _ => last is ReturnStatementSyntax,
    };

    /// <summary>Asks for the program's arguments, itself or by a local that holds the answer.</summary>
    static bool IsOfArguments(ExpressionSyntax choice, SemanticModel model, CancellationToken cancellation) =>
        choice.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => model.GetSymbolInfo(name, cancellation).Symbol switch
        {
            IParameterSymbol parameter => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, model.Compilation.GetEntryPoint(cancellation)),
            // The host depends on the arguments too, and what it says is no answer about them.
            ILocalSymbol { Type.SpecialType: SpecialType.System_Boolean or SpecialType.System_String, DeclaringSyntaxReferences: { Length: 1 } declarations } => declarations[0].GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value }
                && value.Span.End < name.SpanStart && IsOfArguments(value, model, cancellation),
            _ => false,
        });

    static bool IsHostBuiltBefore(SyntaxNode site, SyntaxNode program, SemanticModel model, CancellationToken cancellation) =>
        Calls(program.DescendantNodes().TakeWhile(n => n.SpanStart < site.SpanStart).Where(n => n.Span.End <= site.SpanStart), Builders, model, cancellation);

    static bool Calls(IEnumerable<SyntaxNode> nodes, HashSet<string> names, SemanticModel model, CancellationToken cancellation) =>
        nodes.OfType<InvocationExpressionSyntax>()
            .Any(call => TreeMentions.SimpleName(call.Expression) is { } name && names.Contains(name)
                && CalledMethod.At(call, model, cancellation) is { } method && IsOfHost(SymbolName.Of(method.ContainingType)));

    static bool IsOfHost(string type) =>
        type.StartsWith("Microsoft.Extensions.Hosting.", StringComparison.Ordinal) || type.StartsWith("Microsoft.AspNetCore.Builder.WebApplication", StringComparison.Ordinal)
        || type.StartsWith("Microsoft.AspNetCore.Hosting.", StringComparison.Ordinal);
}
