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

    /// <summary>What else may say something of a client that is registered.</summary>
    static readonly MentionedName[] Together = Registrations.Append(new("HttpClientFactoryOptions")).ToArray();

    private protected override void Analyze(CompilationStartAnalysisContext start, RuleContext rule)
    {
        // A library's registrations may be bounded by the defaults of the service that calls it, which only the service knows.
        if (rule.Build.Kind == ProjectKind.Service && !rule.Build.WritesAssemblyFacts && start.Compilation.GetTypeByMetadataName(Client) is not null)
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
        readonly SemanticModels models = new(context.SemanticModel);

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
        IEnumerable<SyntaxNode> Around(SyntaxNode? owner, SyntaxTree? tree = null) => owner is not null ? [owner] : (tree ?? model.SyntaxTree).GetRoot(cancellation).ChildNodes().OfType<GlobalStatementSyntax>();

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
            var walk = new HttpClientBoundsWalk(models, cancellation);
            var around = Around(creation.FirstAncestorOrSelf<TypeDeclarationSyntax>()).ToList();
            if (!walk.IsInMembers(around) && !around.SelectMany(n => n.DescendantNodes()).OfType<AssignmentExpressionSyntax>().Any(walk.IsInfinite))
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
            if (value?.Parent is not AssignmentExpressionSyntax assignment || assignment.Right != value || model.GetSymbolInfo(assignment.Left, cancellation).Symbol is not IPropertySymbol { Name: "Timeout" } property
                || SymbolName.Of(property.ContainingType) != Client || IsUnderHandler(assignment))
            {
                return;
            }
            if (new HttpClientBoundsWalk(models, cancellation).EndsEveryCall(Around(assignment.FirstAncestorOrSelf<TypeDeclarationSyntax>()).ToList()))
                return;
            // No registration reaches a client that is created in place.
            var isCreated = assignment.Parent is InitializerExpressionSyntax;
            if (!isCreated && rule.Wired.Has(AssemblyFact.BoundedHttpClients))
                return;
            // A client that is handed in may have a handler from whoever registers it.
            if (IsHandedIn(assignment) && model.Compilation.SyntaxTrees.Any(t => HttpClientBounds.AreIn(t, models, cancellation)))
                rule.StandAside(StandsAside.Undecided, $"the client of '{assignment.Left}' is handed in, and a handler may end its calls");
            else if (!isCreated && rule.Wired.MaybeVia(AssemblyFact.BoundedHttpClients) is { } via)
                rule.StandAside(StandsAside.Undecided, $"'{via}' may bound every client and cannot be looked into");
            else
                Report(assignment, "'Timeout.InfiniteTimeSpan' lets a call wait for ever: a dependency that hangs takes the service with it");
        }

        /// <summary>The timeouts of a handler on the same builder, or on another of the same name, are in force.</summary>
        bool IsUnderHandler(SyntaxNode assignment)
        {
            foreach (var call in assignment.Ancestors().OfType<InvocationExpressionSyntax>())
            {
                var outermost = call;
                while (outermost.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next })
                    outermost = next;
                if (outermost.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax local } && HasHandler(call, local.Identifier.ValueText))
                    return true;
                var at = outermost;
                for (; at is not null; at = (at.Expression as MemberAccessExpressionSyntax)?.Expression as InvocationExpressionSyntax)
                {
                    if (new HttpClientBoundsWalk(models, cancellation).IsInCall(at) || (IsRegistration(at) && model.GetSymbolInfo(at, cancellation).Symbol is IMethodSymbol method && IsBoundElsewhere(at, NameOf(at, method), new(models, cancellation))))
                        return true;
                    if (at.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax builder } && HasHandler(call, builder.Identifier.ValueText))
                        return true;
                }
            }
            return false;
        }

        static bool IsRegistration(InvocationExpressionSyntax call) => Array.Exists(Registrations, r => r.Text == TreeMentions.SimpleName(call.Expression));

        /// <summary>Whether a handler is added to the builder of this name in the same function.</summary>
        bool HasHandler(SyntaxNode place, string builder) => Around(Functions.Around(place)).SelectMany(n => n.DescendantNodes()).OfType<InvocationExpressionSyntax>()
            .Any(c => c.Expression is MemberAccessExpressionSyntax access && access.Expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault()?.Identifier.ValueText == builder
                && IsClientBuilder(access.Expression) && new HttpClientBoundsWalk(models, cancellation).IsInCall(c));

        bool IsClientBuilder(ExpressionSyntax expression) => SymbolName.Of(model.GetTypeInfo(expression, cancellation).Type) == ClientBuilder
            && !expression.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(IsRegistration);

        bool IsHandedIn(AssignmentExpressionSyntax assignment) =>
            assignment.Left is MemberAccessExpressionSyntax access && model.GetSymbolInfo(access.Expression, cancellation).Symbol is IParameterSymbol
            && !assignment.Ancestors().OfType<InvocationExpressionSyntax>().SelectMany(c => c.DescendantNodesAndSelf(n => n is InvocationExpressionSyntax or MemberAccessExpressionSyntax)).OfType<InvocationExpressionSyntax>().Any(IsRegistration);

        // services.AddHttpClient<T>()

        void JudgeRegistration(InvocationExpressionSyntax call)
        {
            // AddHttpClient() alone registers the factory and no client.
            if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || SymbolName.Of(method.ReturnType) != ClientBuilder
                || (call.ArgumentList.Arguments.Count == 0 && method.TypeArguments.IsEmpty))
            {
                return;
            }
            var walk = new HttpClientBoundsWalk(models, cancellation);
            if (walk.IsIn(call.ArgumentList) || method.TypeArguments.Any(walk.IsInType))
                return;
            var outermost = call;
            while (outermost.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access)
            {
                var extension = CalledMethod.At(next, model, cancellation);
                if (walk.IsInOwn(next))
                    return;
                if (extension is not null && !model.Compilation.Declares(extension) && !IsPlatform(extension))
                {
                    rule.StandAside(StandsAside.Undecided, $"'{SymbolName.Of(extension)}' may bound the client of '{Written(call)}' and cannot be looked into");
                    return;
                }
                outermost = next;
            }
            // What is done with the builder later stands in the same function; thrown away, or left for the services behind it, nothing is.
            if (outermost.Parent is not (ExpressionStatementSyntax or AnonymousFunctionExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Services" })
                && !(outermost.Parent is AssignmentExpressionSyntax { Left: var left } && model.GetSymbolInfo(left, cancellation).Symbol is IDiscardSymbol))
            {
                if (Around(Functions.Around(call)).Any(walk.IsIn))
                    return;
                if (outermost.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax or ArgumentSyntax)
                {
                    rule.StandAside(StandsAside.Undecided, $"the builder of '{Written(call)}' is handed on");
                    return;
                }
            }
            var client = NameOf(call, method);
            if (IsBoundElsewhere(call, client, walk))
                return;
            var takers = method.TypeArguments.IsEmpty && client is { Length: > 0 } ? TakersOf(client, walk) : [];
            if (takers.Count > 0 && takers.TrueForAll(t => t.Bounds))
                return;
            if (takers.Find(t => t.Bounds) is { Type: { } bounding })
                rule.StandAside(StandsAside.Undecided, $"the client of '{Written(call)}' is bounded where '{bounding}' takes it and not where '{takers.Find(t => !t.Bounds).Type}' does");
            else if (walk.Unfollowed is { } unfollowed)
                rule.StandAside(StandsAside.Undecided, $"'{unfollowed}' may bound the client of '{Written(call)}' and cannot be looked into");
            else if (rule.Wired.MaybeVia(AssemblyFact.BoundedHttpClients) is { } via)
                rule.StandAside(StandsAside.Undecided, $"'{via}' may bound every client and cannot be looked into");
            else
                Report(call.Expression is MemberAccessExpressionSyntax member ? member.Name : call, $"The client of '{Written(call)}' has neither a timeout nor a resilience handler: it waits up to 100 seconds, HttpClient's default");
        }

        /// <summary>The types that take the client from the factory by its name, and whether they bound what they took.</summary>
        List<(string Type, bool Bounds)> TakersOf(string client, HttpClientBoundsWalk walk)
        {
            var takers = new List<(string, bool)>();
            foreach (var taken in model.Compilation.SyntaxTrees.SelectMany(t => TreeMentions.Of(t).Sites(CreateClient, cancellation)).OfType<InvocationExpressionSyntax>())
            {
                if (taken.ArgumentList.Arguments.Count != 1 || models.Of(taken).GetConstantValue(taken.ArgumentList.Arguments[0].Expression, cancellation).Value as string != client
                    || CalledMethod.At(taken, models.Of(taken), cancellation) is not { } method || SymbolName.Of(method.ContainingType) != "System.Net.Http.IHttpClientFactory")
                {
                    continue;
                }
                var type = taken.FirstAncestorOrSelf<TypeDeclarationSyntax>();
                takers.Add((type?.Identifier.ValueText ?? "Program", walk.IsInMembers(Around(type, taken.SyntaxTree).ToList())));
            }
            return takers;
        }

        /// <summary>The call by its name, with the client's name where that is written.</summary>
        static string Written(InvocationExpressionSyntax call)
        {
            var name = (call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression).WithoutTrivia().ToString();
            return call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) ? $"{name}({literal})" : name;
        }

        /// <summary>What the factory calls the client: the name that is handed in, or that of its type. Null where it is made up at run time.</summary>
        string? NameOf(InvocationExpressionSyntax call, IMethodSymbol method)
        {
            var at = models.Of(call);
            if (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is { } first && at.GetTypeInfo(first, cancellation).Type?.SpecialType == SpecialType.System_String)
                return at.GetSymbolInfo(first, cancellation).Symbol is IFieldSymbol { IsConst: false, Name: "DefaultName" or "Empty" } ? "" : at.GetConstantValue(first, cancellation).Value as string;
            return method.TypeArguments.IsEmpty || method.TypeArguments[0].Name == "HttpClientFactoryOptions" ? "" : method.TypeArguments[0].Name;
        }

        /// <summary>Clients of one name share what every registration and every option of that name says.</summary>
        bool IsBoundElsewhere(InvocationExpressionSyntax call, string? client, HttpClientBoundsWalk walk)
        {
            if (client is null)
                return false;
            foreach (var name in Together)
            {
                foreach (var other in model.Compilation.SyntaxTrees.SelectMany(t => TreeMentions.Of(t).Sites(name, cancellation)).OfType<InvocationExpressionSyntax>())
                {
                    if (other == call || models.Of(other).GetSymbolInfo(other, cancellation).Symbol is not IMethodSymbol method || !SymbolName.Of(method.ContainingType).StartsWith("Microsoft.Extensions.DependencyInjection.", StringComparison.Ordinal))
                        continue;
                    if (method.Name is not ("ConfigureAll" or "PostConfigureAll") && NameOf(other, method) != client)
                        continue;
                    for (var at = other; at is not null; at = at.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } ? next : null)
                    {
                        if (walk.IsInOwn(at))
                            return true;
                    }
                }
            }
            return false;
        }

        static bool IsPlatform(IMethodSymbol method) =>
            method.ContainingAssembly?.Name is { } assembly && (assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || assembly.StartsWith("Refit", StringComparison.Ordinal));

        // factory.CreateClient()

        /// <summary>The factory's nameless client is the only one that nobody registers; whoever takes it can set its timeout.</summary>
        void JudgeTaken(InvocationExpressionSyntax call)
        {
            if (call.ArgumentList.Arguments.Count > 0 || CalledMethod.At(call, model, cancellation) is not { } method || SymbolName.Of(method.ContainingType) != "System.Net.Http.HttpClientFactoryExtensions")
                return;
            var walk = new HttpClientBoundsWalk(models, cancellation);
            if (walk.IsInMembers(Around(call.FirstAncestorOrSelf<TypeDeclarationSyntax>()).ToList()) || IsBoundElsewhere(call, "", walk))
                return;
            if (rule.Wired.MaybeVia(AssemblyFact.BoundedHttpClients) is { } via)
                rule.StandAside(StandsAside.Undecided, $"'{via}' may bound every client and cannot be looked into");
            else
                Report(call, "The client of 'CreateClient()' has neither a timeout nor a resilience handler: it waits up to 100 seconds, HttpClient's default");
        }
    }
}
