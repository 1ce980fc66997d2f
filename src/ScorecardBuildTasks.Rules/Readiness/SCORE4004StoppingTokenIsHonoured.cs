using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>A background service ends when the host asks it to: its endless loops look at the stopping token, and what it waits for is told of it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4004StoppingTokenIsHonoured() : Rule(Description)
{
    /// <summary>The property of a finding that carries the token at hand, as code writes it: a parameter, or the token of one that is a source.</summary>
    public const string TokenProperty = "token";

    const string Token = "System.Threading.CancellationToken";
    const string TokenSource = "System.Threading.CancellationTokenSource";
    const string BackgroundService = "Microsoft.Extensions.Hosting.BackgroundService";

    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4004StoppingTokenIsHonoured),
        level: 2,
        AppliesTo.Code,
        title: "Background services stop when they are asked to",
        message: "{0}: a shutdown waits for it, and kills the process where that takes too long",
        description: "The host cancels the token of ExecuteAsync and waits. What does not look at it is killed in the middle of its work when the time is over, and every deployment takes that long.");

    const string HostedService = "Microsoft.Extensions.Hosting.IHostedService";

    static readonly MentionedName ExecuteAsync = new("ExecuteAsync");
    static readonly MentionedName StartAsync = new("StartAsync");
    static readonly MentionedName[] Completions = [new("TryComplete"), new("Complete")];

    /// <summary>What waits for as long as nothing happens, and can be told to stop.</summary>
    static readonly HashSet<string> Waits = new(StringComparer.Ordinal)
    {
        "System.Threading.Tasks.Task.Delay", "System.Threading.PeriodicTimer.WaitForNextTickAsync",
        "System.Threading.Channels.ChannelReader.ReadAsync", "System.Threading.Channels.ChannelReader.WaitToReadAsync", "System.Threading.Channels.ChannelReader.ReadAllAsync",
    };

    static readonly HashSet<string> WaitNames = new(Waits.Select(wait => wait.Substring(wait.LastIndexOf('.') + 1)), StringComparer.Ordinal);

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        start.RegisterSemanticModelAction(context =>
        {
            foreach (var token in WrittenTokens.In(context.SemanticModel.SyntaxTree, ExecuteAsync, context.CancellationToken))
            {
                if (token.Parent is MethodDeclarationSyntax method && method.Identifier == token && method.Modifiers.Any(SyntaxKind.OverrideKeyword)
                    && context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is { } symbol && OverridesBackgroundService(symbol))
                {
                    new Work(this, context, method).Judge();
                }
            }
            foreach (var token in WrittenTokens.In(context.SemanticModel.SyntaxTree, StartAsync, context.CancellationToken))
            {
                if (token.Parent is MethodDeclarationSyntax method && method.Identifier == token
                    && context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is { } symbol && StartsHostedService(symbol))
                {
                    new Work(this, context, method).Judge(waits: false);
                }
            }
        });
    }

    static bool OverridesBackgroundService(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
            method = overridden;
        return SymbolName.Of(method.ContainingType) == BackgroundService;
    }

    /// <summary>Its token is that of the start; what runs on afterwards ends by one of the service's own, which its StopAsync cancels.</summary>
    static bool StartsHostedService(IMethodSymbol method) =>
        method.ContainingType.AllInterfaces.FirstOrDefault(i => SymbolName.Of(i) == HostedService)?.GetMembers("StartAsync").FirstOrDefault() is { } start
        && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(start), method);

    /// <summary>What one background service does: its ExecuteAsync and the methods of its class that are called from there.</summary>
    sealed class Work(SCORE4004StoppingTokenIsHonoured rule, SemanticModelAnalysisContext context, MethodDeclarationSyntax execute)
    {
        readonly SemanticModel model = context.SemanticModel;
        readonly CancellationToken cancellation = context.CancellationToken;
        readonly Queue<MethodDeclarationSyntax> open = new([execute]);
        readonly HashSet<MethodDeclarationSyntax> known = [execute];
        readonly HashSet<string> methodsHere = new(execute.Parent!.ChildNodes().OfType<MethodDeclarationSyntax>().Select(m => m.Identifier.ValueText), StringComparer.Ordinal);

        public void Judge(bool waits = true)
        {
            while (open.Count > 0)
                Judge(open.Dequeue(), waits);
        }

        void Judge(MethodDeclarationSyntax method, bool waits)
        {
            var token = TokenOf(method);
            foreach (var node in method.DescendantNodes())
            {
                if (node is StatementSyntax loop && IsEndless(loop))
                {
                    if (!HasExit(loop) && !LooksAtToken(loop, depth: 0) && !IsRegistered(method))
                        Report(loop.GetFirstToken().GetLocation(), $"The loop in '{method.Identifier.ValueText}' has no end and looks at no token", token);
                }
                else if (node is InvocationExpressionSyntax call && TreeMentions.SimpleName(call.Expression) is { } name && (WaitNames.Contains(name) || methodsHere.Contains(name)) && CalledMethod.At(call, model, cancellation) is { } called)
                {
                    // A short wait of a method that nobody hands a token may well be all of it.
                    if (waits && token is not null && Waits.Contains(SymbolName.Of(called)) && !IsHandedToken(call, called) && !IsEndedOtherwise(call, called) && !IsShort(call, called))
                        Report(call.GetLocation(), $"'{called.ContainingType.Name}.{called.Name}' waits without the stopping token", token);
                    if (DeclarationHere(called) is { } callee && known.Add(callee))
                        open.Enqueue(callee);
                }
            }
        }

        string? TokenOf(MethodDeclarationSyntax method)
        {
            // The types of a declared method are known; those of a syntax are bound anew.
            foreach (var parameter in model.GetDeclaredSymbol(method, cancellation)!.Parameters)
            {
                if (!IsToken(parameter.Type))
                    continue;
                var name = method.ParameterList.Parameters[parameter.Ordinal].Identifier.Text;
                return SymbolName.Of(parameter.Type) == Token ? name : name + ".Token";
            }
            return null;
        }

        void Report(Location location, string what, string? token) =>
            context.ReportDiagnostic(Diagnostic.Create(rule.Descriptor, location, ImmutableDictionary<string, string?>.Empty.Add(TokenProperty, token), what));

        /// <summary>A method of the same class in the same file.</summary>
        MethodDeclarationSyntax? DeclarationHere(IMethodSymbol method) =>
            method.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == model.SyntaxTree
            && reference.GetSyntax(cancellation) is MethodDeclarationSyntax declaration && declaration.Parent == execute.Parent ? declaration : null;

        static bool IsEndless(StatementSyntax statement) => statement switch
        {
            WhileStatementSyntax loop => loop.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
            DoStatementSyntax loop => loop.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
            ForStatementSyntax loop => loop.Condition is null || loop.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
            _ => false,
        };

        static bool HasExit(StatementSyntax loop) => Functions.Own(loop).Any(n => n switch
        {
            ReturnStatementSyntax or GotoStatementSyntax { CaseOrDefaultKeyword.RawKind: 0 } or YieldStatementSyntax { Expression: null } => true,
            BreakStatementSyntax => n.Ancestors().First(a => a is SwitchStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) == loop,
            _ => false,
        });

        bool LooksAtToken(SyntaxNode node, int depth) => node.DescendantNodes().Any(n => n switch
        {
            IdentifierNameSyntax { Identifier.ValueText: "None" or "CancellationToken" or "CancellationTokenSource" } => false,
            IdentifierNameSyntax name when model.GetTypeInfo(name, cancellation).Type is { } type && IsToken(type) => true,
            InvocationExpressionSyntax call when depth < 2 && TreeMentions.SimpleName(call.Expression) is { } name && methodsHere.Contains(name) => CalledMethod.At(call, model, cancellation) is { } called && DeclarationHere(called) is { } callee && LooksAtToken(callee, depth + 1),
            _ => false,
        });

        /// <summary><c>stoppingToken.Register(consumer.Close)</c> ends the loop from outside.</summary>
        bool IsRegistered(MethodDeclarationSyntax method) => method.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            TreeMentions.SimpleName(call.Expression) is "Register" or "UnsafeRegister" && CalledMethod.At(call, model, cancellation) is { } called && IsToken(called.ContainingType));

        static bool IsHandedToken(InvocationExpressionSyntax call, IMethodSymbol called)
        {
            var parameter = called.Parameters.FirstOrDefault(p => IsToken(p.Type));
            var arguments = call.ArgumentList.Arguments;
            return parameter is not null && (arguments.Count > parameter.Ordinal || arguments.Any(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name));
        }

        bool IsEndedOtherwise(InvocationExpressionSyntax call, IMethodSymbol called) =>
            call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WithCancellation" or "WaitAsync" }
            || (called.ContainingType.Name == "ChannelReader" && Array.Exists(Completions, IsCalledOnChannel))
            || (called.ContainingType.Name == "PeriodicTimer" && call.Expression is MemberAccessExpressionSyntax { Expression: var timer } && NameOf(timer) is { } name && IsEndedByStop(name))
            || IsOneOfAny(call);

        /// <summary>Whether <c>Task.WhenAny</c> waits for it together with what a shutdown ends.</summary>
        bool IsOneOfAny(InvocationExpressionSyntax call)
        {
            if (WhenAny(call) is { } any)
                return any.ArgumentList.Arguments.Any(a => !a.Span.Contains(call.Span) && EndsByStop(a.Expression));
            return call.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var local } }
                && execute.Parent!.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == local && WhenAny(use) is { } later
                    && later.ArgumentList.Arguments.Any(a => a.Expression != use && EndsByStop(a.Expression)));
        }

        InvocationExpressionSyntax? WhenAny(ExpressionSyntax task) =>
            task.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax any } && TreeMentions.SimpleName(any.Expression) == "WhenAny"
            && CalledMethod.At(any, model, cancellation) is { } method && SymbolName.Of(method.ContainingType) == "System.Threading.Tasks.Task" ? any : null;

        /// <summary>A task that is handed the token, or of a source that a shutdown completes.</summary>
        bool EndsByStop(ExpressionSyntax task) =>
            LooksAtToken(task, depth: 0)
            || (NameOf(task) is { } name && (IsEndedByStop(name) || execute.Parent!.DescendantNodes().OfType<VariableDeclaratorSyntax>()
                .Any(v => v.Identifier.ValueText == name && v.Initializer is { Value: var value } && (LooksAtToken(value, depth: 0) || (NameOf(value) is { } source && source != name && IsEndedByStop(source))))));

        /// <summary>Whether a callback of the token mentions it, or StopAsync does before it waits for the work to end.</summary>
        bool IsEndedByStop(string name) => execute.Parent!.DescendantNodes().Any(n => n switch
        {
            InvocationExpressionSyntax call => TreeMentions.SimpleName(call.Expression) is "Register" or "UnsafeRegister" && Mentions(call.ArgumentList, name) && CalledMethod.At(call, model, cancellation) is { } called && IsToken(called.ContainingType),
            MethodDeclarationSyntax { Identifier.ValueText: "StopAsync" } stop => Mentions(stop, name, BaseCall(stop)?.SpanStart ?? int.MaxValue),
            _ => false,
        });

        static InvocationExpressionSyntax? BaseCall(MethodDeclarationSyntax stop) => stop.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(c => c.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax, Name.Identifier.ValueText: "StopAsync" });

        static bool Mentions(SyntaxNode node, string name, int before = int.MaxValue) =>
            node.DescendantNodes().Any(n => n is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name && identifier.SpanStart < before);

        /// <summary>The variable that it is or that it is a member of: <c>stopped</c> of <c>this.stopped.Task</c>.</summary>
        static string? NameOf(ExpressionSyntax expression) => expression switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
            MemberAccessExpressionSyntax access => NameOf(access.Expression),
            PostfixUnaryExpressionSyntax forgiven => NameOf(forgiven.Operand),
            _ => null,
        };

        /// <summary>Who reads a channel to its end waits for nobody once it is completed, wherever that is done.</summary>
        bool IsCalledOnChannel(MentionedName name) => model.Compilation.SyntaxTrees.Any(tree => TreeMentions.Of(tree).Sites(name, cancellation)
            .Any(site => CalledMethod.At(site, model.Compilation.GetSemanticModel(tree), cancellation) is { } completion && SymbolName.Of(completion.ContainingType) == "System.Threading.Channels.ChannelWriter"));

        /// <summary>A delay of a second or less is over before the host loses its patience.</summary>
        bool IsShort(InvocationExpressionSyntax call, IMethodSymbol called) =>
            called.Name == "Delay" && call.ArgumentList.Arguments.FirstOrDefault(a => a.NameColon is null || a.NameColon.Name.Identifier.ValueText == called.Parameters[0].Name) is { } delay
            && Milliseconds(delay.Expression) is >= 0 and <= 1000;

        /// <summary>How long a delay is, where that is written down.</summary>
        double? Milliseconds(ExpressionSyntax delay) => (delay, model.GetSymbolInfo(delay, cancellation).Symbol) switch
        {
            _ when Number(delay) is { } milliseconds => milliseconds,
            (InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments }, IMethodSymbol { ContainingType.Name: "TimeSpan" } from) => Number(arguments[0].Expression) * (from.Name switch { "FromMilliseconds" => 1, "FromSeconds" => 1000, _ => null }),
            (_, IFieldSymbol { Name: "Zero", ContainingType.Name: "TimeSpan" }) => 0,
            (_, IFieldSymbol { IsStatic: true, IsReadOnly: true } field) => field.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == model.SyntaxTree
                && reference.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax value } ? Milliseconds(value) : null,
            _ => null,
        };

        double? Number(ExpressionSyntax expression) => model.GetConstantValue(expression, cancellation).Value switch
        {
            int number => number,
            long number => number,
            double number => number,
            _ => null,
        };

        static bool IsToken(ITypeSymbol? type) => SymbolName.Of(type) is Token or TokenSource;
    }
}
