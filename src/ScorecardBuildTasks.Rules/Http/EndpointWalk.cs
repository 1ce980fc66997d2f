using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>
/// Follows an endpoint to everything that may give it a convention: the calls chained to it, the groups it is mapped on, the callers that hand those in, the callers that
/// get the builder back, and its handler.
/// </summary>
sealed class EndpointWalk(SemanticModels models, Convention asked, CancellationToken cancellation)
{
    /// <summary>Assemblies whose conventions are known: what is not asked for by name there does not meet it.</summary>
    static readonly string[] Known = ["Microsoft.", "System.", "Asp.Versioning", "Swashbuckle.", "NSwag.", "Carter", "FastEndpoints", "Grpc."];

    /// <summary>What the application is built from. What is done with these holds for no endpoint.</summary>
    static readonly HashSet<string> HostBuilders = new(StringComparer.Ordinal)
    {
        "Microsoft.AspNetCore.Builder.WebApplicationBuilder", "Microsoft.AspNetCore.Hosting.IWebHostBuilder", "Microsoft.Extensions.Hosting.HostApplicationBuilder",
        "Microsoft.Extensions.Hosting.IHostApplicationBuilder", "Microsoft.Extensions.Hosting.IHostBuilder", "Microsoft.Extensions.DependencyInjection.IServiceCollection",
    };

    readonly HashSet<string> names = new(asked.Methods, StringComparer.Ordinal);
    readonly HashSet<ISymbol> open = new(SymbolEqualityComparer.Default);
    readonly HashSet<ISymbol> made = new(SymbolEqualityComparer.Default);
    readonly Dictionary<ISymbol, (Answer Answer, string? Filter)> known = new(SymbolEqualityComparer.Default);

    /// <summary>The endpoint filter that made the last answer what it is.</summary>
    public string? Filter { get; private set; }

    public Answer Of(MappedEndpoint endpoint, EndpointMappings mappings)
    {
        Filter = null;
        return OfValue(endpoint.Call)
            .Or(() => OfHandler(endpoint.Call))
            .Or(() => mappings.Wrapper(endpoint) is { } wrapper ? OfWrapped(wrapper) : Answer.No)
            .Or(() => OfReceiver(endpoint.Call));
    }

    /// <summary>What holds for every call of a method of the framework, <c>MapControllers</c> for one; null where the service calls none.</summary>
    public Answer? OfCallsOf(Func<IMethodSymbol, bool> isMeant, params string[] methods)
    {
        Filter = null;
        var answers = (from name in methods
                       from call in Sites(name).OfType<InvocationExpressionSyntax>()
                       where Bound(call) is { } method && isMeant(method)
                       select OfValue(call).Or(() => OfReceiver(call))).ToList();
        return answers.Count == 0 ? null : answers.OnEveryWay();
    }

    /// <summary>What holds wherever the service maps its controllers.</summary>
    public Answer? OfControllerMappings() => OfCallsOf(m => SymbolName.Of(m.ContainingType) == "Microsoft.AspNetCore.Builder.ControllerEndpointRouteBuilderExtensions",
        "MapControllers", "MapDefaultControllerRoute", "MapControllerRoute", "MapAreaControllerRoute");

    // Upwards: what is done with a builder

    Answer OfValue(SyntaxNode value)
    {
        for (var at = value; at.Parent is { } parent; at = parent)
        {
            switch (parent)
            {
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == at:
                    if (IsMappedOn(at))
                        return Answer.No;
                    if (OfHandedTo(call, at) is var met and not Answer.No)
                        return met;
                    if (Taking(call, at) is { } receiver && !HandsBack(receiver))
                        return Answer.No;
                    parent = call;
                    continue;
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax:
                    continue;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax local } when models.Of(local).GetDeclaredSymbol(local, cancellation) is ILocalSymbol declared:
                    return OfUses(declared);
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment when assignment.Right == at && Symbol(left) is ILocalSymbol assigned:
                    return OfUses(assigned);
                case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                    return OwnerOf(parent) is { } method ? OfReturned(method) : Answer.No;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }:
                    if (OfHandedTo(call, at) is var given and not Answer.No)
                        return given;
                    if (Taking(call, at) is not { } parameter || !HandsBack(parameter))
                        return Answer.No;
                    parent = call;
                    continue;
                default:
                    return Answer.No;
            }
        }
        return Answer.No;
    }

    /// <summary>What any use of a local or parameter adds to the builder that it holds.</summary>
    Answer OfUses(ISymbol variable)
    {
        if (!open.Add(variable))
            return Answer.No;
        var answer = Answer.No;
        var scope = Body(variable);
        foreach (var use in scope?.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == variable.Name) ?? [])
        {
            if (answer != Answer.Yes && use.Parent is not NameColonSyntax && !IsMappedOn(use) && SymbolEqualityComparer.Default.Equals(Symbol(use), variable) && OfValue(use) is var found and not Answer.No)
                answer = found;
        }
        open.Remove(variable);
        return answer;
    }

    /// <summary>What is mapped on a group is not the group. That is nearly all that is done with one, and takes no binding to see.</summary>
    static bool IsMappedOn(SyntaxNode value) =>
        value.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access && access.Expression == value && access.Name.Identifier.ValueText.StartsWith("Map", StringComparison.Ordinal);

    Answer OfReturned(IMethodSymbol method)
    {
        if (!open.Add(method))
            return Answer.No;
        var answer = CallsOf(method).Select(OfValue).OnEveryWay();
        open.Remove(method);
        return answer;
    }

    Answer OfConvention(InvocationExpressionSyntax call)
    {
        var name = TreeMentions.SimpleName(call.Expression) ?? "";
        if (name == "WithMetadata")
            return call.ArgumentList.Arguments.Any(a => models.Of(call).GetTypeInfo(a.Expression, cancellation).Type is INamedTypeSymbol type && asked.IsMetBy(type)) ? Answer.Yes : Answer.No;
        if (Bound(call) is not { } method)
            return Answer.No;
        if (names.Contains(name) && asked.IsMetBy(method, call))
            return Answer.Yes;
        if (name == "AddEndpointFilter" && IsKnown(method))
            return OfEndpointFilter(call);
        return !IsOwn(method) && !IsKnown(method) && asked.MayBeMetBy(name) && !SetsUpHost(method) ? Answer.Unknown : Answer.No;
    }

    Answer OfEndpointFilter(InvocationExpressionSyntax call)
    {
        var arguments = CalledMethod.ConstructedAt(call, models.Of(call), cancellation)?.TypeArguments.AsEnumerable<ITypeSymbol?>() ?? Enumerable.Empty<ITypeSymbol?>();
        foreach (var filter in arguments.Concat(call.ArgumentList.Arguments.Select(a => models.Of(call).GetTypeInfo(a.Expression, cancellation).Type)).OfType<INamedTypeSymbol>())
        {
            if (asked.OfEndpointFilter(filter) is var answer and not Answer.No)
            {
                Filter = filter.Name;
                return answer;
            }
        }
        foreach (var code in call.ArgumentList.Arguments.Select(a => a.Expression).OfType<AnonymousFunctionExpressionSyntax>())
        {
            if (asked.OfEndpointFilter(code) is var answer and not Answer.No)
            {
                Filter = "AddEndpointFilter(…)";
                return answer;
            }
        }
        return Answer.No;
    }

    /// <summary>What a call gives to the builder that it is handed: a method of the service, what it does with that parameter and with nothing else that it maps.</summary>
    Answer OfHandedTo(InvocationExpressionSyntax call, SyntaxNode builder)
    {
        if (OfConvention(call) is var met and not Answer.No)
            return met;
        if (Taking(call, builder) is not { } parameter || !open.Add(parameter.ContainingSymbol))
            return Answer.No;
        var answer = OfUses(parameter);
        open.Remove(parameter.ContainingSymbol);
        return answer;
    }

    /// <summary>The parameter of a method of the service that takes the builder.</summary>
    IParameterSymbol? Taking(InvocationExpressionSyntax call, SyntaxNode builder)
    {
        if (Bound(call) is not { } method || !IsOwn(method) || SetsUpHost(method))
            return null;
        foreach (var parameter in method.Parameters)
        {
            if (Argument(call, parameter) == builder)
                return parameter;
        }
        // An extension block declares the receiver of its members.
        return method.ContainingType.Name.Length == 0 && method.DeclaringSyntaxReferences[0].GetSyntax(cancellation).Parent is TypeDeclarationSyntax { ParameterList.Parameters: { Count: 1 } declared }
            ? models.Of(declared[0]).GetDeclaredSymbol(declared[0], cancellation)
            : null;
    }

    /// <summary>Whether the method returns what it was handed, and not a group or an endpoint that it made of it.</summary>
    bool HandsBack(IParameterSymbol parameter)
    {
        if (!open.Add(parameter.ContainingSymbol))
            return false;
        var handsBack = parameter.ContainingSymbol is not IMethodSymbol method || Returned(method).Exists(r => IsMadeOf(r, parameter));
        open.Remove(parameter.ContainingSymbol);
        return handsBack;
    }

    bool IsMadeOf(ExpressionSyntax value, IParameterSymbol parameter) => value switch
    {
        ParenthesizedExpressionSyntax inner => IsMadeOf(inner.Expression, parameter),
        PostfixUnaryExpressionSyntax forgiven => IsMadeOf(forgiven.Operand, parameter),
        CastExpressionSyntax cast => IsMadeOf(cast.Expression, parameter),
        InvocationExpressionSyntax call => TreeMentions.SimpleName(call.Expression)?.StartsWith("Map", StringComparison.Ordinal) == false && ReceiverOf(call) is { } receiver && IsMadeOf(receiver, parameter)
            && (Taking(call, receiver) is not { } taking || HandsBack(taking)),
        _ => Symbol(value) switch
        {
            // Code that does not compile may make a variable of itself.
            ILocalSymbol local => Initializer(local) is { } initial && initial.Span.End < value.SpanStart && IsMadeOf(initial, parameter),
            var symbol => SymbolEqualityComparer.Default.Equals(symbol, parameter),
        },
    };

    /// <summary>What a method of the service adds to the endpoint whose handler it is handed.</summary>
    Answer OfWrapped(IMethodSymbol wrapper)
    {
        // Its callers are asked one by one.
        var opened = new ISymbol[] { wrapper }.Concat(wrapper.Parameters).Where(open.Add).ToList();
        var answer = Calls(wrapper)
            .Where(c => c.ArgumentList.Arguments.LastOrDefault()?.Expression is IdentifierNameSyntax handler && wrapper.Parameters.Any(p => p.Name == handler.Identifier.ValueText))
            .Select(c => OfValue(c).Or(() => OfReceiver(c))).FirstOrDefault(a => a != Answer.No);
        open.ExceptWith(opened);
        return answer;
    }

    IEnumerable<InvocationExpressionSyntax> Calls(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.SelectMany(d => d.GetSyntax(cancellation).DescendantNodes()).OfType<InvocationExpressionSyntax>();

    List<ExpressionSyntax> Returned(IMethodSymbol method) => method.DeclaringSyntaxReferences.SelectMany(d => d.GetSyntax(cancellation).DescendantNodes())
        .Select(n => n switch { ReturnStatementSyntax s => s.Expression, ArrowExpressionClauseSyntax a => a.Expression, _ => null }).OfType<ExpressionSyntax>().ToList();

    // Downwards: what the builder was before

    Answer OfReceiver(InvocationExpressionSyntax call) => ReceiverOf(call) is { } receiver ? OfBuilder(receiver) : Answer.No;

    Answer OfBuilder(ExpressionSyntax builder)
    {
        switch (builder)
        {
            case ParenthesizedExpressionSyntax inner:
                return OfBuilder(inner.Expression);
            case PostfixUnaryExpressionSyntax forgiven:
                return OfBuilder(forgiven.Operand);
            case CastExpressionSyntax cast:
                return OfBuilder(cast.Expression);
            case ConditionalExpressionSyntax choice:
                return new[] { OfBuilder(choice.WhenTrue), OfBuilder(choice.WhenFalse) }.OnEveryWay();
            case BinaryExpressionSyntax either when either.IsKind(SyntaxKind.CoalesceExpression):
                return new[] { OfBuilder(either.Left), OfBuilder(either.Right) }.OnEveryWay();
            case InvocationExpressionSyntax call:
                return OfConvention(call).Or(() => OfReturnsOf(Bound(call))).Or(() => OfReceiver(call));
        }
        if (Symbol(builder) is not { Kind: SymbolKind.Local or SymbolKind.Parameter } variable)
            return Answer.No;
        // A group is asked for each of its endpoints. What is being followed would be missing from the answer.
        if (open.Count + made.Count > 0)
            return OfVariable(variable);
        if (!known.TryGetValue(variable, out var found))
            known.Add(variable, found = (OfVariable(variable), Filter));
        Filter = found.Filter;
        return found.Answer;
    }

    Answer OfVariable(ISymbol variable)
    {
        // Code that does not compile may make a variable of itself.
        if (!made.Add(variable))
            return Answer.No;
        var answer = OfUses(variable).Or(() => variable switch
        {
            ILocalSymbol local when Initializer(local) is { } value => OfBuilder(value),
            IParameterSymbol parameter => OfArguments(parameter),
            _ => Answer.No,
        });
        made.Remove(variable);
        return answer;
    }

    /// <summary>A method of the service that makes a group, by what it returns.</summary>
    Answer OfReturnsOf(IMethodSymbol? method)
    {
        if (method is null || !IsOwn(method) || !open.Add(method))
            return Answer.No;
        // Of what it hands back, only what it adds itself: who hands it in is the receiver, which is asked next.
        var answer = Returned(method).Select(r => Symbol(r) is IParameterSymbol handed ? OfUses(handed) : OfBuilder(r)).OnEveryWay();
        open.Remove(method);
        return answer;
    }

    /// <summary>What every caller hands in.</summary>
    Answer OfArguments(IParameterSymbol parameter)
    {
        // The receiver of an extension block belongs to no method whose callers could be asked.
        if (parameter.ContainingSymbol is not IMethodSymbol method)
            return Answer.Unknown;
        if (!open.Add(parameter))
            return Answer.No;
        var answer = method.MethodKind == MethodKind.AnonymousFunction ? OfLambda(method)
            : CallsOf(method).Select(call => call is InvocationExpressionSyntax invocation && Argument(invocation, parameter) is { } argument ? OfBuilder(argument) : Answer.No).ToList() is { Count: > 0 } callers
                ? callers.OnEveryWay()
                : OfModule(method);
        open.Remove(parameter);
        return answer;
    }

    /// <summary>A lambda that the framework calls gets the application; who else calls it is not followed.</summary>
    Answer OfLambda(IMethodSymbol lambda) =>
        lambda.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } && Bound(call) is { } method && !IsKnown(method)
            ? Answer.Unknown
            : Answer.No;

    /// <summary>A Carter module may ask for authorization in its constructor, or be mapped on a group.</summary>
    Answer OfModule(IMethodSymbol method)
    {
        if (!method.ContainingType.AllInterfaces.Any(i => SymbolName.Of(i) == "Carter.ICarterModule"))
            return Answer.No;
        return method.ContainingType.InstanceConstructors.SelectMany(Calls).Select(OfConvention).FirstOrDefault(a => a != Answer.No)
            .Or(() => OfCallsOf(m => SymbolName.Of(m.ContainingType).StartsWith("Carter.", StringComparison.Ordinal), "MapCarter") ?? Answer.No);
    }

    // The handler

    Answer OfHandler(InvocationExpressionSyntax call)
    {
        var model = models.Of(call);
        foreach (var argument in call.ArgumentList.Arguments)
        {
            var handler = argument.Expression is ParenthesizedLambdaExpressionSyntax lambda ? model.GetSymbolInfo(lambda, cancellation).Symbol
                : argument.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax ? model.GetSymbolInfo(argument.Expression, cancellation) is var found ? found.Symbol ?? found.CandidateSymbols.FirstOrDefault() : null
                : null;
            if (handler is IMethodSymbol method && asked.OfMethod(method, cancellation) is var met and not Answer.No)
                return met;
        }
        return Answer.No;
    }

    // Looking around

    IEnumerable<SyntaxNode> Sites(string name)
    {
        var mentioned = new MentionedName(name);
        return models.Compilation.SyntaxTrees.SelectMany(t => TreeMentions.Of(t).Sites(mentioned, cancellation));
    }

    IEnumerable<SyntaxNode> CallsOf(IMethodSymbol method) => Sites(method.Name).Where(site => Bound(site) is { } called && IsCallOf(called, method));

    static bool IsCallOf(IMethodSymbol called, IMethodSymbol method)
    {
        if (SymbolEqualityComparer.Default.Equals(called, method.OriginalDefinition))
            return true;
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(called, overridden.OriginalDefinition))
                return true;
        }
        return called.ContainingType.TypeKind == TypeKind.Interface
            && method.ContainingType.AllInterfaces.Where(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, called.ContainingType))
                .SelectMany(i => i.GetMembers(called.Name)).Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method));
    }

    IMethodSymbol? Bound(SyntaxNode call) => CalledMethod.At(call, models.Of(call), cancellation);

    ISymbol? Symbol(ExpressionSyntax expression) => models.Of(expression).GetSymbolInfo(expression, cancellation).Symbol;

    bool IsOwn(IMethodSymbol method) => models.Compilation.Declares(method);

    /// <summary>Whatever builders of versions, policies or documents it is handed besides.</summary>
    static bool SetsUpHost(IMethodSymbol method) => method.Parameters.Length > 0 && Is(method.Parameters[0], IsHostBuilder);

    static bool Is(IParameterSymbol parameter, Func<ITypeSymbol, bool> isMeant) => parameter.Type is ITypeParameterSymbol any ? any.ConstraintTypes.Any(isMeant) : isMeant(parameter.Type);

    static bool IsHostBuilder(ITypeSymbol type) => HostBuilders.Contains(SymbolName.Of(type));

    static bool IsKnown(IMethodSymbol method) =>
        method.ContainingAssembly?.Name is { } assembly && Array.Exists(Known, k => assembly.StartsWith(k, StringComparison.Ordinal));

    /// <summary>What an extension method or an instance method is called on, also when it is called as a static method.</summary>
    ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call)
    {
        if (models.Of(call).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { IsStatic: true, ReducedFrom: null })
            return call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        return (call.Expression as MemberAccessExpressionSyntax)?.Expression;
    }

    ExpressionSyntax? Argument(InvocationExpressionSyntax call, IParameterSymbol parameter)
    {
        if (models.Of(call).GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol called)
            return null;
        var ordinal = parameter.Ordinal - (called.ReducedFrom is null ? 0 : 1);
        if (ordinal < 0)
            return (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        var arguments = call.ArgumentList.Arguments;
        return arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name)?.Expression
            ?? (ordinal < arguments.Count && arguments[ordinal].NameColon is null ? arguments[ordinal].Expression : null);
    }

    ExpressionSyntax? Initializer(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value } ? value : null;

    /// <summary>Where a local or a parameter can be used.</summary>
    SyntaxNode? Body(ISymbol variable) =>
        variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation).Ancestors()
            .FirstOrDefault(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);

    IMethodSymbol? OwnerOf(SyntaxNode returned) =>
        returned.Ancestors().FirstOrDefault(n => n is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax) switch
        {
            MethodDeclarationSyntax method => models.Of(method).GetDeclaredSymbol(method, cancellation),
            LocalFunctionStatementSyntax function => models.Of(function).GetDeclaredSymbol(function, cancellation) as IMethodSymbol,
            _ => null,
        };
}
