using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;
using ScorecardBuildTasks.Rules.Http;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>What makes a type one of the places where work enters a service, and by what a test would mention it.</summary>
static class EntryPointTypes
{
    static readonly HashSet<string> Handlers = new(StringComparer.Ordinal)
    {
        "MediatR.IRequestHandler", "MediatR.INotificationHandler", "MediatR.IStreamRequestHandler",
        "Mediator.IRequestHandler", "Mediator.ICommandHandler", "Mediator.IQueryHandler", "Mediator.INotificationHandler",
        "MassTransit.IConsumer", "NServiceBus.IHandleMessages", "Rebus.Handlers.IHandleMessages", "Wolverine.IWolverineHandler", "KafkaFlow.IMessageHandler",
    };

    /// <summary>Null for a type that is none.</summary>
    public static EntryPointType? Of(INamedTypeSymbol type, MappedGrpcServices grpc, CancellationToken cancellation)
    {
        if (type.TypeKind != TypeKind.Class || type.IsAbstract || type.IsStatic)
            return null;
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            if (SymbolName.Of(above) is "Microsoft.AspNetCore.Mvc.ControllerBase")
                return new EntryPointType("Controller", [type.Name], Routes(type));
            if (SymbolName.Of(above) is "FastEndpoints.BaseEndpoint")
                return FastEndpoint(type, cancellation);
            if (above.GetAttributes().Any(a => SymbolName.Of(a.AttributeClass) == Controllers.GrpcBase))
                return GrpcService(type);
        }
        foreach (var contract in type.AllInterfaces)
        {
            var name = SymbolName.Of(contract.OriginalDefinition);
            if (Handlers.Contains(name) || IsHandlerOfTheirOwn(contract, name))
                return new EntryPointType("Handler", [type.Name, .. contract.TypeArguments.Take(1).Select(message => message.Name)], []);
            if (name == "Microsoft.Extensions.Hosting.IHostedService")
                return new EntryPointType("Hosted service", [type.Name], []);
        }
        return grpc.Contains(type) ? GrpcService(type) : null;
    }

    /// <summary>The class that a method with one of Wolverine's attributes stands in.</summary>
    public static EntryPointType OfWolverine(IMethodSymbol endpoint) =>
        new("Endpoint class", [endpoint.ContainingType.Name], [.. endpoint.ContainingType.GetMembers().OfType<IMethodSymbol>().SelectMany(m => m.GetAttributes()).Where(WolverineEndpoints.IsRoute).SelectMany(Texts)]);

    /// <summary>Its routes are what <c>Configure</c> hands to <c>Get</c> and the like, or an attribute; one that is not written there may be one that a test asks for.</summary>
    static EntryPointType? FastEndpoint(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var routes = type.GetAttributes().Where(a => SymbolName.Of(a.AttributeClass).StartsWith("FastEndpoints.Http", StringComparison.Ordinal)).SelectMany(Texts).ToList();
        foreach (var declared in type.GetMembers("Configure").SelectMany(m => m.DeclaringSyntaxReferences))
        {
            foreach (var call in declared.GetSyntax(cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (TreeMentions.SimpleName(call.Expression) is not ("Get" or "Post" or "Put" or "Patch" or "Delete" or "Head" or "Routes") || call.Expression is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
                    continue;
                foreach (var argument in call.ArgumentList.Arguments)
                {
                    if (argument.Expression is not LiteralExpressionSyntax { Token.Value: string route })
                        return null;
                    routes.Add(route);
                }
            }
        }
        return new EntryPointType("Endpoint", [type.Name], routes);
    }

    /// <summary>Called by the client that is generated beside the base class, or, code first, by one that is asked for by the contract.</summary>
    static EntryPointType GrpcService(INamedTypeSymbol type)
    {
        var names = new List<string> { type.Name };
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            if (above.ContainingType is { } service)
                names.Add($"{service.Name}Client");
        }
        names.AddRange(type.AllInterfaces.Where(i => i.GetAttributes().Any(a => SymbolName.Of(a.AttributeClass) is "System.ServiceModel.ServiceContractAttribute" or "ProtoBuf.Grpc.Configuration.ServiceAttribute")).Select(i => i.Name));
        return new EntryPointType("gRPC service", names, []);
    }

    /// <summary>A company's own bus has the shape that the public ones have: <c>IIntegrationEventHandler&lt;TEvent&gt;</c> with a method that takes the event.</summary>
    static bool IsHandlerOfTheirOwn(INamedTypeSymbol contract, string name) =>
        contract.TypeArguments.Length > 0 && (contract.Name.EndsWith("Handler", StringComparison.Ordinal) || contract.Name.EndsWith("Consumer", StringComparison.Ordinal))
        && !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.", StringComparison.Ordinal)
        && contract.GetMembers().OfType<IMethodSymbol>().Any(m => m.Parameters.Length > 0 && SymbolEqualityComparer.Default.Equals(m.Parameters[0].Type, contract.TypeArguments[0]));

    static IReadOnlyList<string> Routes(INamedTypeSymbol controller)
    {
        var name = controller.Name.EndsWith("Controller", StringComparison.Ordinal) ? controller.Name.Substring(0, controller.Name.Length - "Controller".Length) : controller.Name;
        var own = Templates(controller).ToList();
        // Without a route of its own a controller is found by its name, or its actions by theirs.
        return [.. own.Count > 0 ? own.Select(Filled) : [name, .. controller.GetMembers().OfType<IMethodSymbol>().SelectMany(Templates).Select(Filled)]];

        string Filled(string template) => template.Replace("[controller]", name).Replace("[action]", "{action}").Replace("[area]", "{area}");
    }

    static IEnumerable<string> Templates(ISymbol symbol) =>
        symbol.GetAttributes().Where(Controllers.IsRoute).SelectMany(Texts);

    static IEnumerable<string> Texts(AttributeData attribute) =>
        from argument in attribute.ConstructorArguments
        from value in argument.Kind == TypedConstantKind.Array ? argument.Values.AsEnumerable() : new[] { argument }
        where value.Kind == TypedConstantKind.Primitive
        let text = value.Value as string
        where !string.IsNullOrWhiteSpace(text)
        select text;
}

/// <param name="Kind">For people.</param>
/// <param name="Names">Any of them in a test mentions it.</param>
/// <param name="Routes">A test that asks for one of them mentions it.</param>
sealed record EntryPointType(string Kind, IReadOnlyList<string> Names, IReadOnlyList<string> Routes)
{
    public bool IsMentionedBy(TestMentions tests) => Names.Any(tests.Names) || Routes.Any(tests.Asks);
}
