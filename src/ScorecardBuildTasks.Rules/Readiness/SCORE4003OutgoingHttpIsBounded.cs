using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>
/// Every HTTP client has a timeout that somebody chose, or a resilience handler, and none is created for a call. The 100 seconds that HttpClient has by default are longer than any caller waits.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SCORE4003OutgoingHttpIsBounded() : Rule(Description)
{
    const string Client = "System.Net.Http.HttpClient";
    const string ClientBuilder = "Microsoft.Extensions.DependencyInjection.IHttpClientBuilder";

    static readonly DiagnosticDescriptor Description = ReadinessScorecard.Instance.Describe(
        typeof(SCORE4003OutgoingHttpIsBounded),
        level: 2,
        AppliesTo.Code,
        title: "Outgoing HTTP has a timeout or resilience",
        message: "{0}",
        description: "When a dependency hangs, every request that needs it hangs with it, for 100 seconds unless somebody chose otherwise: longer than its callers wait, so that they retry and the service fills up.");

    static readonly MentionedName HttpClient = new("HttpClient");
    static readonly MentionedName Infinite = new("InfiniteTimeSpan");
    static readonly MentionedName CreateClient = new("CreateClient");
    static readonly MentionedName[] Registrations = [new("AddHttpClient"), new("AddRefitClient")];

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        if (start.Compilation.GetTypeByMetadataName(Client) is null)
            return;
        // A library's registrations may be bounded by the defaults of the service that calls it, which only the service knows.
        if (rule.Build.Kind == ProjectKind.Service && !rule.Build.WritesAssemblyFacts)
            rule.StandAside(StandsAside.Undecided, "ScorecardAssemblyFacts=false switches off the detection of wiring");
        var judgesRegistrations = rule.Build.Kind == ProjectKind.Service && rule.Build.WritesAssemblyFacts && !rule.Wired.Has(AssemblyFact.BoundedHttpClients);
        start.RegisterSemanticModelAction(context => new File(this, context, rule, judgesRegistrations).Judge());
    }

    /// <summary>The clients that one file creates, registers or takes from the factory.</summary>
    sealed class File(SCORE4003OutgoingHttpIsBounded owner, SemanticModelAnalysisContext context, RuleContext rule, bool judgesRegistrations)
    {
        readonly SemanticModel model = context.SemanticModel;
        readonly CancellationToken cancellation = context.CancellationToken;
        readonly TreeMentions mentions = TreeMentions.Of(context.SemanticModel.SyntaxTree);

        public void Judge()
        {
            if (mentions.Mentions(HttpClient))
            {
                foreach (var creation in mentions.Sites(HttpClient, cancellation).Concat(mentions.ImplicitCreations(cancellation)).OfType<BaseObjectCreationExpressionSyntax>())
                    JudgeCreation(creation);
            }
            foreach (var token in WrittenTokens.In(model.SyntaxTree, Infinite, cancellation))
                JudgeInfinite(token);
            if (!judgesRegistrations)
                return;
            foreach (var name in Registrations)
            {
                foreach (var call in mentions.Sites(name, cancellation).OfType<InvocationExpressionSyntax>())
                    JudgeRegistration(call);
            }
            foreach (var call in mentions.Sites(CreateClient, cancellation).OfType<InvocationExpressionSyntax>())
                JudgeTaken(call);
        }

        void Report(SyntaxNode place, string what) => context.ReportDiagnostic(Diagnostic.Create(owner.Descriptor, place.GetLocation(), what));

        /// <summary>The code of a type or function; of neither, the program's own statements.</summary>
        IEnumerable<SyntaxNode> Around(SyntaxNode? owner) => owner is not null ? [owner] : model.SyntaxTree.GetRoot(cancellation).ChildNodes().OfType<GlobalStatementSyntax>();

        // new HttpClient()

        void JudgeCreation(BaseObjectCreationExpressionSyntax creation)
        {
            if (SymbolName.Of(model.GetTypeInfo(creation, cancellation).Type) != Client || HasHandlerOfItsOwn(creation))
                return;
            var value = Value(creation);
            if (value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field })
                JudgeKept(creation, field.Identifier.ValueText);
            else if (value.Parent is EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property })
                JudgeKept(creation, property.Identifier.ValueText);
            else if (value.Parent is AssignmentExpressionSyntax assignment && assignment.Right == value && model.GetSymbolInfo(assignment.Left, cancellation).Symbol is IFieldSymbol or IPropertySymbol)
                JudgeKept(creation, TreeMentions.SimpleName(assignment.Left) ?? "HttpClient");
            else if (value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax local })
                JudgeLocal(creation, local);
            else if (value.Parent is MemberAccessExpressionSyntax && !RunsOnce(creation))
                ReportPerCall(creation);
        }

        /// <summary>A client that lives as long as its owner needs a timeout.</summary>
        void JudgeKept(BaseObjectCreationExpressionSyntax creation, string name)
        {
            if (!Around(creation.FirstAncestorOrSelf<TypeDeclarationSyntax>()).SelectMany(n => n.DescendantNodes()).OfType<AssignmentExpressionSyntax>().Any(a => TreeMentions.SimpleName(a.Left) == "Timeout"))
                Report(creation, $"'{name}' waits up to 100 seconds, HttpClient's default: nobody chose its timeout");
        }

        void JudgeLocal(BaseObjectCreationExpressionSyntax creation, VariableDeclaratorSyntax local)
        {
            var isDisposed = local.Parent!.Parent is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };
            if (!isDisposed && Escapes(local))
                return;
            if (RunsOnce(creation))
                JudgeKept(creation, local.Identifier.ValueText);
            else
                ReportPerCall(creation);
        }

        void ReportPerCall(BaseObjectCreationExpressionSyntax creation) =>
            Report(creation, $"'new HttpClient' in '{NameOf(Functions.Around(creation))}' opens connections of its own at every call, until there are no ports left");

        /// <summary>The creation, with the parentheses and operators that hand it on.</summary>
        static ExpressionSyntax Value(ExpressionSyntax creation)
        {
            while (creation.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } or ConditionalExpressionSyntax or CastExpressionSyntax)
                creation = (ExpressionSyntax)creation.Parent;
            return creation;
        }

        /// <summary>A handler that the client does not dispose is shared; one of the service's own may bound what it sends.</summary>
        bool HasHandlerOfItsOwn(BaseObjectCreationExpressionSyntax creation)
        {
            if (creation.ArgumentList is not { Arguments: { Count: > 0 } arguments })
                return false;
            return (arguments.Count > 1 && !arguments[1].Expression.IsKind(SyntaxKind.TrueLiteralExpression))
                || SymbolName.Of(model.GetTypeInfo(arguments[0].Expression, cancellation).Type) is not ("System.Net.Http.HttpClientHandler" or "System.Net.Http.SocketsHttpHandler");
        }

        /// <summary>Whether the local is handed to somebody who may keep it.</summary>
        bool Escapes(VariableDeclaratorSyntax local)
        {
            return Around(Functions.Around(local)).SelectMany(n => n.DescendantNodes()).OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == local.Identifier.ValueText
                && use.Parent is ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or InitializerExpressionSyntax or AnonymousFunctionExpressionSyntax or AssignmentExpressionSyntax);
        }

        /// <summary>In the program's own statements, a constructor, or where a hosted service starts, outside of loops.</summary>
        bool RunsOnce(SyntaxNode node)
        {
            var function = Functions.Around(node);
            if (node.Ancestors().TakeWhile(a => a != function).Any(a => a is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax))
                return false;
            return function switch
            {
                null or ConstructorDeclarationSyntax => true,
                MethodDeclarationSyntax { Identifier.ValueText: "ExecuteAsync" or "StartAsync" } method => model.GetDeclaredSymbol(method, cancellation)?.ContainingType.AllInterfaces.Any(i => SymbolName.Of(i) == "Microsoft.Extensions.Hosting.IHostedService") == true,
                MethodDeclarationSyntax { Identifier.ValueText: "Main" } method => SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(method, cancellation), model.Compilation.GetEntryPoint(cancellation)),
                _ => false,
            };
        }

        static string NameOf(SyntaxNode? function) => function switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            LocalFunctionStatementSyntax local => local.Identifier.ValueText,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            { Parent: not null } => NameOf(Functions.Around(function)),
            _ => "a lambda",
        };

        // Timeout = Timeout.InfiniteTimeSpan

        void JudgeInfinite(SyntaxToken token)
        {
            var value = token.Parent is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } name && access.Name == name ? access : token.Parent;
            // The handler's own timeouts are in force.
            if (value?.Parent is AssignmentExpressionSyntax assignment && assignment.Right == value && model.GetSymbolInfo(assignment.Left, cancellation).Symbol is IPropertySymbol { Name: "Timeout" } property
                && SymbolName.Of(property.ContainingType) == Client && !rule.Wired.Has(AssemblyFact.BoundedHttpClients) && !Array.Exists(HttpClientBounds.HandlerNames, mentions.Mentions))
            {
                Report(assignment, "'Timeout.InfiniteTimeSpan' lets a call wait for ever: a dependency that hangs takes the service with it");
            }
        }

        // services.AddHttpClient<T>()

        void JudgeRegistration(InvocationExpressionSyntax call)
        {
            // AddHttpClient() alone registers the factory and no client.
            if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || SymbolName.Of(method.ReturnType) != ClientBuilder
                || (call.ArgumentList.Arguments.Count == 0 && method.TypeArguments.IsEmpty)
                || call.ArgumentList.Arguments.Any(a => HttpClientBounds.AreIn(a)) || method.TypeArguments.Any(SetsItsTimeout))
            {
                return;
            }
            var outermost = call;
            while (outermost.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access)
            {
                var extension = CalledMethod.At(next, model, cancellation);
                if (HttpClientBounds.IsHandler(access.Name.Identifier.ValueText) || next.ArgumentList.Arguments.Any(a => HttpClientBounds.AreIn(a)) || (extension is not null && Bounds(extension)))
                    return;
                if (extension is { DeclaringSyntaxReferences.IsEmpty: true } && !IsPlatform(extension))
                {
                    rule.StandAside(StandsAside.Undecided, $"'{SymbolName.Of(extension)}' may bound the client of '{Written(call)}' and cannot be looked into");
                    return;
                }
                outermost = next;
            }
            // What is done with the builder later stands in the same function.
            if (outermost.Parent is not (ExpressionStatementSyntax or AnonymousFunctionExpressionSyntax))
            {
                if (Around(Functions.Around(call)).Any(HttpClientBounds.AreIn))
                    return;
                if (outermost.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax or ArgumentSyntax)
                {
                    rule.StandAside(StandsAside.Undecided, $"the builder of '{Written(call)}' is handed on");
                    return;
                }
            }
            if (rule.Wired.MaybeVia(AssemblyFact.BoundedHttpClients) is { } via)
                rule.StandAside(StandsAside.Undecided, $"'{via}' may bound every client and cannot be looked into");
            else
                Report(call.Expression is MemberAccessExpressionSyntax member ? member.Name : call, $"The client of '{Written(call)}' has neither a timeout nor a resilience handler: it waits up to 100 seconds, HttpClient's default");
        }

        static string Written(InvocationExpressionSyntax call) => (call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression).WithoutTrivia().ToString();

        /// <summary>A typed client may set its timeout itself.</summary>
        bool SetsItsTimeout(ITypeSymbol type) =>
            type.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellation).DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(HttpClientBounds.IsTimeout));

        /// <summary>Whether a method of this project bounds the client whose builder it is called on.</summary>
        bool Bounds(IMethodSymbol method) => method.DeclaringSyntaxReferences.Any(r => HttpClientBounds.AreIn(r.GetSyntax(cancellation)));

        static bool IsPlatform(IMethodSymbol method) =>
            method.ContainingAssembly?.Name is { } assembly && (assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || assembly.StartsWith("Refit", StringComparison.Ordinal));

        // factory.CreateClient()

        /// <summary>The factory's nameless client is the only one that nobody registers; whoever takes it can set its timeout.</summary>
        void JudgeTaken(InvocationExpressionSyntax call)
        {
            if (call.ArgumentList.Arguments.Count > 0 || CalledMethod.At(call, model, cancellation) is not { } method || SymbolName.Of(method.ContainingType) != "System.Net.Http.HttpClientFactoryExtensions")
                return;
            if (Around(call.FirstAncestorOrSelf<TypeDeclarationSyntax>()).Any(HttpClientBounds.AreIn))
                return;
            if (rule.Wired.MaybeVia(AssemblyFact.BoundedHttpClients) is { } via)
                rule.StandAside(StandsAside.Undecided, $"'{via}' may bound every client and cannot be looked into");
            else
                Report(call, "The client of 'CreateClient()' has neither a timeout nor a resilience handler: it waits up to 100 seconds, HttpClient's default");
        }
    }
}
