using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>Follows what a client is told, through the compilation's own methods, delegates and handlers, to what bounds it.</summary>
sealed class HttpClientBoundsWalk(SemanticModels models, CancellationToken cancellation)
{
    const int MostHops = 6;

    /// <summary>A type parameter whose delegate takes a delegate that takes the client.</summary>
    const int Deepest = 3;

    const string Client = "System.Net.Http.HttpClient";
    const string Source = "System.Threading.CancellationTokenSource";

    readonly HashSet<ISymbol> followed = new(SymbolEqualityComparer.Default);
    int hops;
    bool? hasPolly;

    bool HasPolly => hasPolly ??= models.Compilation.ReferencedAssemblyNames.Any(a => IsPolly(a.Name));

    /// <summary>What the walk came to and could not look into, which may bound the client; null where it saw everything.</summary>
    public string? Unfollowed { get; private set; }

    /// <summary>Whether the code adds a handler, sets a client's timeout or calls what does.</summary>
    public bool IsIn(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            var bounds = node switch
            {
                InvocationExpressionSyntax call => IsInCall(call),
                AssignmentExpressionSyntax assignment => SetsTimeout(assignment),
                BaseObjectCreationExpressionSyntax creation => models.Of(creation).GetTypeInfo(creation, cancellation).Type is { } type && IsHandlerThatBounds(type),
                ArgumentSyntax argument when IsDelegate(argument.Expression) => IsInDelegate(argument.Expression),
                _ => false,
            };
            if (bounds)
                return true;
        }
        return false;
    }

    /// <summary>Whether one call of a chain does, without those that it is chained to.</summary>
    public bool IsInOwn(InvocationExpressionSyntax call) => IsInCall(call) || IsIn(call.ArgumentList);

    /// <summary><c>Timeout = …</c> of an HttpClient and of nothing else, for a time that ends.</summary>
    public bool SetsTimeout(AssignmentExpressionSyntax assignment) =>
        TreeMentions.SimpleName(assignment.Right) != "InfiniteTimeSpan" && IsOfClient(assignment.Left);

    /// <summary><c>Timeout = Timeout.InfiniteTimeSpan</c> of an HttpClient: somebody chose it, and the choice is judged where it is written.</summary>
    public bool IsInfinite(AssignmentExpressionSyntax assignment) => TreeMentions.SimpleName(assignment.Right) == "InfiniteTimeSpan" && IsOfClient(assignment.Left);

    bool IsOfClient(ExpressionSyntax assigned) =>
        TreeMentions.SimpleName(assigned) == "Timeout" && Symbol(assigned) is IPropertySymbol property && SymbolName.Of(property.ContainingType) == Client;

    /// <summary>Whether a typed client sets its timeout, where it is created or later, or ends each of its calls itself.</summary>
    public bool IsInType(ITypeSymbol type)
    {
        var at = type;
        for (; at is not null && IsOwn(at); at = at.BaseType)
        {
            var declarations = Declarations(at).ToList();
            if (IsInMembers(declarations) || declarations.SelectMany(d => d.ChildNodes()).Where(m => m is ConstructorDeclarationSyntax or FieldDeclarationSyntax or PropertyDeclarationSyntax).Any(IsIn))
                return true;
        }
        // What a client of another project or of a package does, or a base class there, is not in sight.
        if (at is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } && !IsPlatformName(at.ContainingAssembly?.Name))
            Unfollowed ??= SymbolName.Of(at);
        return false;
    }

    /// <summary>The same of the code around a client that is kept.</summary>
    public bool IsInMembers(IReadOnlyCollection<SyntaxNode> members) =>
        members.SelectMany(m => m.DescendantNodes()).OfType<AssignmentExpressionSyntax>().Any(SetsTimeout) || EndsEveryCall(members);

    /// <summary>Whether every function that sends has a token that is cancelled after a time, or is executed by Polly.</summary>
    public bool EndsEveryCall(IReadOnlyCollection<SyntaxNode> members)
    {
        var calls = members.SelectMany(m => m.DescendantNodes()).OfType<InvocationExpressionSyntax>().Where(Sends).ToList();
        return calls.Count > 0 && calls.TrueForAll(c => Functions.Around(c) is null ? GetsToken(c) && members.SelectMany(Functions.Own).Any(IsTimed) : (GetsToken(c) && c.Ancestors().Where(Functions.IsFunction).Any(IsTimedIn)) || (HasPolly && IsExecuted(c, members, MostHops)));
    }

    /// <summary>
    /// Whether the code runs only where a policy or pipeline of Polly executes it: in a delegate that is handed to one or to a method of the project that does so, or in a function that
    /// nothing else can call.
    /// </summary>
    bool IsExecuted(SyntaxNode code, IReadOnlyCollection<SyntaxNode> members, int left)
    {
        foreach (var at in code.AncestorsAndSelf().TakeWhile(a => a is not TypeDeclarationSyntax))
        {
            if (at.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument && IsHandedOn(at) && (IsOfPolly(call) || (left > 0 && IsExecutedBy(argument, left - 1))))
                return true;
            if (left > 0 && NamedFunction(at) is { DeclaredAccessibility: Accessibility.Private or Accessibility.NotApplicable } function && AreExecuted(function, members, left - 1))
                return true;
        }
        return false;
    }

    /// <summary>A delegate, and not what calling one results in.</summary>
    bool IsHandedOn(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax || (node is SimpleNameSyntax or MemberAccessExpressionSyntax && models.Of(node).GetTypeInfo(node, cancellation).ConvertedType?.TypeKind == TypeKind.Delegate);

    ISymbol? NamedFunction(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => models.Of(node).GetDeclaredSymbol(node, cancellation),
        AnonymousFunctionExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } } => models.Of(node).GetDeclaredSymbol(variable, cancellation),
        _ => null,
    };

    /// <summary>Whether the method of the project that takes the delegate has it executed.</summary>
    bool IsExecutedBy(ArgumentSyntax argument, int left) =>
        models.Of(argument).GetOperation(argument, cancellation) is IArgumentOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter }
        && AreExecuted(parameter.OriginalDefinition, Declarations(method.OriginalDefinition).ToList(), left);

    bool AreExecuted(ISymbol function, IReadOnlyCollection<SyntaxNode> members, int left)
    {
        var uses = members.SelectMany(m => m.DescendantNodes()).OfType<SimpleNameSyntax>()
            .Where(n => n.Identifier.ValueText == function.Name && SymbolEqualityComparer.Default.Equals(Symbol(n)?.OriginalDefinition, function)).ToList();
        return uses.Count > 0 && uses.TrueForAll(u => IsExecuted(u, members, left));
    }

    bool Sends(InvocationExpressionSyntax call) =>
        TreeMentions.SimpleName(call.Expression) is { } name && (name.EndsWith("Async", StringComparison.Ordinal) || name == "Send") && call.Expression is MemberAccessExpressionSyntax access
        && SymbolName.Of(models.Of(call).GetTypeInfo(access.Expression, cancellation).Type) == Client;

    /// <summary>Whether the code, or what it hands a token to, starts a clock. Methods may call each other: each is looked into once.</summary>
    bool IsTimedIn(SyntaxNode code)
    {
        var seen = new HashSet<SyntaxNode>();
        var open = new Stack<SyntaxNode>([code]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (!seen.Add(next))
                continue;
            if (next.DescendantNodes().Any(IsTimed))
                return true;
            foreach (var method in next.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(Called))
            {
                foreach (var declaration in method is not null && Takes(method, IsToken) ? Declarations(method) : [])
                    open.Push(declaration);
            }
        }
        return false;
    }

    /// <summary>No clock ends a call that is handed none.</summary>
    bool GetsToken(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Any(a =>
        !a.Expression.IsKind(SyntaxKind.DefaultLiteralExpression) && a.Expression is not DefaultExpressionSyntax && TreeMentions.SimpleName(a.Expression) != "None"
        && SymbolName.Of(models.Of(call).GetTypeInfo(a.Expression, cancellation).Type) == "System.Threading.CancellationToken");

    bool IsTimed(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => TreeMentions.SimpleName(call.Expression) == "CancelAfter" && Called(call) is { } method && SymbolName.Of(method.ContainingType) == Source,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } creation => SymbolName.Of(models.Of(creation).GetTypeInfo(creation, cancellation).Type) == Source,
        _ => false,
    };

    /// <summary>Whether the call itself adds a handler or leads to where a bound is set, whatever its arguments say.</summary>
    public bool IsInCall(InvocationExpressionSyntax call)
    {
        var bound = models.Of(call).GetSymbolInfo(call, cancellation);
        if ((bound.Symbol ?? bound.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method)
            return false;
        if (HttpClientBounds.IsHandler(method))
            return true;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return call.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax && IsInDelegate(call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } access ? access.Expression : call.Expression);
        // AddHttpMessageHandler<T>(), and what its factory takes from the services.
        if (method.TypeArguments.Any(IsHandlerThatBounds))
            return true;
        // AddHttpClient("name").AddTypedClient<T>()
        if (method.Name == "AddTypedClient" && IsPlatform(method) && method.TypeArguments.Any(IsInType))
            return true;
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        var isHanded = Takes(definition, IsConfigured) || call.ArgumentList.Arguments.Any(a => models.Of(call).GetTypeInfo(a.Expression, cancellation).Type is { } type && IsConfigured(type));
        if (IsOwn(definition))
            return (isHanded || IsConfigured(definition.ReturnType)) && Follow(definition);
        if ((isHanded && !IsPlatform(definition)) || (method.ReturnType.TypeKind == TypeKind.Delegate && IsConfigured(method.ReturnType)))
            Unfollowed ??= SymbolName.Of(definition);
        return false;
    }

    bool IsInDelegate(ExpressionSyntax value)
    {
        switch (value)
        {
            // What is written in place is among the nodes that are looked at anyway.
            case AnonymousFunctionExpressionSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax:
                return false;
            case LiteralExpressionSyntax or DefaultExpressionSyntax:
                return false;
        }
        var symbol = Symbol(value);
        if (symbol is IMethodSymbol method && IsOwn(method.OriginalDefinition))
            return Follow((method.ReducedFrom ?? method).OriginalDefinition);
        if (symbol is ILocalSymbol or IFieldSymbol or IPropertySymbol && Declarations(symbol).Any(d => d.DescendantNodes().Any(n => n is AnonymousFunctionExpressionSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax)))
            return !followed.Contains(symbol) && (Follow(symbol) || (Declarations(symbol).First() is VariableDeclaratorSyntax { Initializer.Value: { } initial } && IsInDelegate(initial)));
        Unfollowed ??= value.ToString();
        return false;
    }

    /// <summary>A handler of the project's own that ends what it sends, or one that does by its trade.</summary>
    bool IsHandlerThatBounds(ITypeSymbol type)
    {
        if (!IsHandler(type))
            return false;
        if (SymbolName.Of(type) is "Microsoft.Extensions.Http.PolicyHttpMessageHandler" or "Microsoft.Extensions.Http.Resilience.ResilienceHandler")
            return true;
        if (!IsOwn(type))
        {
            if (!IsPlatformName(type.ContainingAssembly?.Name))
                Unfollowed ??= SymbolName.Of(type);
            return false;
        }
        for (var at = type; at is not null && IsOwn(at); at = at.BaseType)
        {
            foreach (var declaration in Declarations(at))
            {
                if (IsTimedIn(declaration) || declaration.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(IsOfPolly))
                    return true;
            }
        }
        return false;
    }

    /// <summary><c>ExecuteAsync</c> and its like, on a policy or a pipeline.</summary>
    bool IsOfPolly(InvocationExpressionSyntax call) =>
        TreeMentions.SimpleName(call.Expression)?.StartsWith("Execute", StringComparison.Ordinal) == true && IsPolly(Called(call)?.ContainingAssembly?.Name);

    static bool IsPolly(string? assembly) => assembly == "Polly" || assembly?.StartsWith("Polly.", StringComparison.Ordinal) == true;

    bool Follow(ISymbol symbol)
    {
        if (!followed.Add(symbol))
            return false;
        if (hops == MostHops)
        {
            Unfollowed ??= symbol.Name;
            return false;
        }
        hops++;
        var bounds = Declarations(symbol).Any(IsIn);
        hops--;
        return bounds;
    }

    IMethodSymbol? Called(InvocationExpressionSyntax call) => CalledMethod.At(call, models.Of(call), cancellation);

    IEnumerable<SyntaxNode> Declarations(ISymbol symbol) => models.Compilation.DeclarationsOf(symbol, cancellation);

    ISymbol? Symbol(ExpressionSyntax expression) => models.Of(expression).GetSymbolInfo(expression, cancellation).Symbol;

    bool IsOwn(ISymbol symbol) => models.Compilation.Declares(symbol);

    bool IsDelegate(ExpressionSyntax expression) => models.Of(expression).GetTypeInfo(expression, cancellation).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && Takes(invoke, IsConfigured);

    static bool Takes(IMethodSymbol method, Func<ITypeSymbol, bool> isMeant) => method.Parameters.Any(p => isMeant(p.Type));

    static bool IsToken(ITypeSymbol type) => type.Name is "CancellationToken" or "CancellationTokenSource" or "TimeSpan";

    /// <summary>What a client is configured through, or a delegate that takes it.</summary>
    static bool IsConfigured(ITypeSymbol type) => IsConfigured(type, Deepest);

    /// <summary>A delegate may take another of its own type.</summary>
    static bool IsConfigured(ITypeSymbol type, int left) => type switch
    {
        ITypeParameterSymbol any => left > 0 && any.ConstraintTypes.Any(t => IsConfigured(t, left - 1)),
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => left > 0 && Takes(invoke, t => IsConfigured(t, left - 1)),
        _ => SymbolName.Of(type) is Client or "Microsoft.Extensions.DependencyInjection.IHttpClientBuilder" or "Microsoft.Extensions.Http.HttpClientFactoryOptions" or "Microsoft.Extensions.Http.HttpMessageHandlerBuilder",
    };

    static bool IsHandler(ITypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (at.Name == "HttpMessageHandler" && SymbolName.Of(at) == "System.Net.Http.HttpMessageHandler")
                return true;
        }
        return false;
    }

    /// <summary>The binder of configuration sets whatever property the settings name.</summary>
    static bool IsPlatform(IMethodSymbol method) => method.ContainingAssembly?.Name is { } assembly && assembly != "Microsoft.Extensions.Configuration.Binder" && IsPlatformName(assembly);

    static bool IsPlatformName(string? assembly) =>
        assembly is not null && (assembly.StartsWith("Microsoft.", StringComparison.Ordinal) || assembly.StartsWith("System.", StringComparison.Ordinal) || assembly.StartsWith("Refit", StringComparison.Ordinal));
}
