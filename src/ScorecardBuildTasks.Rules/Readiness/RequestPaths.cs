using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;
using ScorecardBuildTasks.Rules.Http;

namespace ScorecardBuildTasks.Rules.Readiness;

/// <summary>Where a service works on requests and messages. Not the program around the host, and no synchronous method whose callers are not known.</summary>
sealed class RequestPaths(Compilation compilation)
{
    const string Tasks = "System.Threading.Tasks.";
    const string HostedService = "Microsoft.Extensions.Hosting.IHostedService";

    /// <summary>Base classes and interfaces of what works on requests, messages and the like.</summary>
    readonly KnownTypes entrances = new(compilation,
    [
        "Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "Microsoft.AspNetCore.Mvc.ViewComponent", "Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata",
        "Microsoft.AspNetCore.SignalR.Hub", "Microsoft.AspNetCore.Http.IMiddleware", "Microsoft.AspNetCore.Http.IEndpointFilter", "Microsoft.AspNetCore.Authorization.IAuthorizationHandler",
        "Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck", HostedService, "System.Net.Http.DelegatingHandler", "Grpc.Core.Interceptors.Interceptor",
        "MediatR.IRequestHandler`1", "MediatR.IRequestHandler`2", "MediatR.INotificationHandler`1", "MassTransit.IConsumer`1", "NServiceBus.IHandleMessages`1",
    ]);

    readonly Lazy<TransientServices> transient = new(() => new TransientServices(compilation));

    public bool Contain(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        var program = model.Compilation.GetEntryPoint(cancellation);
        for (var function = Functions.Around(node); function is not null; function = Functions.Around(function))
        {
            var symbol = function is AnonymousFunctionExpressionSyntax ? null : model.GetDeclaredSymbol(function, cancellation) as IMethodSymbol;
            if (symbol is not null && SymbolEqualityComparer.Default.Equals(symbol, program))
                return false;
            if (Functions.IsAsync(function) || IsTask(symbol?.ReturnType) || IsEndpoint(function, model, cancellation) || IsMiddleware(symbol))
                return true;
        }
        var type = model.GetEnclosingSymbol(node.SpanStart, cancellation)?.ContainingType;
        if (IsEntrance(type))
            return !IsEndOfHostedService(node, type!);
        return type is not null && Functions.Around(node) is ConstructorDeclarationSyntax constructor && !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)
            && IsMadePerRequest(type, new HashSet<ISymbol>(SymbolEqualityComparer.Default), cancellation);
    }

    /// <summary>Whether the container makes a class anew for what takes it as a parameter, and that is an entrance or is itself made per request.</summary>
    bool IsMadePerRequest(INamedTypeSymbol type, HashSet<ISymbol> asked, CancellationToken cancellation)
    {
        if (!asked.Add(type))
            return false;
        foreach (var service in transient.Value.Of(type, cancellation))
        {
            foreach (var (parameter, model) in transient.Value.Parameters(service, cancellation))
            {
                if (parameter.Parent?.Parent is AnonymousFunctionExpressionSyntax lambda ? IsEndpoint(lambda, model, cancellation)
                    : model.GetDeclaredSymbol(parameter, cancellation)?.ContainingType is { } user && (IsEntrance(user) ? !IsHostedService(user) : IsMadePerRequest(user, asked, cancellation)))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>The <c>Dispose</c> of a hosted service cannot await, and runs once, when nothing is served any more.</summary>
    static bool IsEndOfHostedService(SyntaxNode node, INamedTypeSymbol type) => node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.ValueText: "Dispose" } && IsHostedService(type);

    static bool IsHostedService(INamedTypeSymbol type) => type.AllInterfaces.Any(i => SymbolName.Of(i) == HostedService);

    static bool IsTask(ITypeSymbol? type) => type is INamedTypeSymbol && SymbolName.Of(type) is Tasks + "Task" or Tasks + "ValueTask";

    /// <summary>The lambda that <c>MapGet</c> and its like are given.</summary>
    static bool IsEndpoint(SyntaxNode function, SemanticModel model, CancellationToken cancellation) =>
        function.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && TreeMentions.SimpleName(call.Expression) is { } name
        && (name.StartsWith("Map", StringComparison.Ordinal) || name is "Use" or "Run")
        && CalledMethod.At(call, model, cancellation) is { } method && SymbolName.Of(method.ContainingType).StartsWith("Microsoft.AspNetCore.Builder.", StringComparison.Ordinal);

    static bool IsMiddleware(IMethodSymbol? method) =>
        method is { Name: "Invoke" or "InvokeAsync", Parameters.Length: > 0 } && SymbolName.Of(method.Parameters[0].Type) == "Microsoft.AspNetCore.Http.HttpContext";

    bool IsEntrance(INamedTypeSymbol? type)
    {
        if (type is null)
            return false;
        if (entrances.ContainsAncestorOf(type))
            return true;
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            // The class that a gRPC service derives from
            if (ancestor.GetAttributes().Any(a => SymbolName.Of(a.AttributeClass) == Controllers.GrpcBase))
                return true;
        }
        return IsEntrance(type.ContainingType);
    }
}
