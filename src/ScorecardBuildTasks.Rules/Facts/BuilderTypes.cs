using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The types that a method must be handed to wire anything, and what each of them allows it to wire.</summary>
static class BuilderTypes
{
    static readonly string[] FromServices =
    [
        AssemblyFact.Tracing, AssemblyFact.Metrics, AssemblyFact.Logs, AssemblyFact.HealthChecks, AssemblyFact.ActivitySource, AssemblyFact.Meter, AssemblyFact.OpenApiRegistered,
        AssemblyFact.SwaggerRegistered, AssemblyFact.FallbackPolicy, AssemblyFact.AuthorizeFilter, AssemblyFact.BoundedHttpClients,
    ];

    static readonly string[] FromApplication = [AssemblyFact.HealthEndpoint, AssemblyFact.ApiEndpoints, AssemblyFact.OpenApiServed];

    static readonly Dictionary<string, string[]> Brings = new(StringComparer.Ordinal)
    {
        ["Microsoft.Extensions.DependencyInjection.IServiceCollection"] = FromServices,
        ["Microsoft.Extensions.Hosting.IHostApplicationBuilder"] = FromServices,
        ["Microsoft.Extensions.Hosting.HostApplicationBuilder"] = FromServices,
        ["Microsoft.Extensions.Hosting.IHostBuilder"] = FromServices,
        ["Microsoft.AspNetCore.Builder.WebApplicationBuilder"] = FromServices,
        ["Microsoft.AspNetCore.Hosting.IWebHostBuilder"] = FromServices,
        ["Microsoft.Extensions.Logging.ILoggingBuilder"] = [AssemblyFact.Logs],
        ["Serilog.LoggerConfiguration"] = [AssemblyFact.Logs],
        ["OpenTelemetry.Resources.ResourceBuilder"] = [AssemblyFact.ServiceTag],
        ["OpenTelemetry.IOpenTelemetryBuilder"] = [AssemblyFact.Tracing, AssemblyFact.Metrics, AssemblyFact.Logs, AssemblyFact.ActivitySource, AssemblyFact.Meter],
        ["OpenTelemetry.OpenTelemetryBuilder"] = [AssemblyFact.Tracing, AssemblyFact.Metrics, AssemblyFact.Logs, AssemblyFact.ActivitySource, AssemblyFact.Meter],
        ["OpenTelemetry.Trace.TracerProviderBuilder"] = [AssemblyFact.ActivitySource],
        ["OpenTelemetry.Metrics.MeterProviderBuilder"] = [AssemblyFact.Meter],
        ["Microsoft.AspNetCore.Builder.WebApplication"] = FromApplication,
        ["Microsoft.AspNetCore.Builder.IApplicationBuilder"] = FromApplication,
        ["Microsoft.AspNetCore.Routing.IEndpointRouteBuilder"] = FromApplication,
        ["Microsoft.AspNetCore.Routing.RouteGroupBuilder"] = [AssemblyFact.ApiEndpoints],
    };

    static readonly Dictionary<string, string[]> BringsBySimpleName =
        Brings.ToDictionary(b => b.Key.Substring(b.Key.LastIndexOf('.') + 1), b => b.Value, StringComparer.Ordinal);

    static readonly MentionedName[] SimpleNames = BringsBySimpleName.Keys.Select(n => new MentionedName(n)).ToArray();

    /// <summary>The kinds of fact that a parameter of this type (<c>Namespace.Type</c>) lets a method bring; empty for any other type.</summary>
    public static string[] KindsFrom(string typeName) => Brings.TryGetValue(typeName, out var kinds) ? kinds : [];

    /// <summary>Whether a method that may bring these kinds is handed the services: nothing else lets it register health checks.</summary>
    public static bool IncludeServices(IEnumerable<string> kinds) => kinds.Contains(AssemblyFact.HealthChecks);

    /// <summary>
    /// The methods of a tree that others can call and that take a builder, as <c>Namespace.Type.Method</c> and what they could bring. Told from the names of the
    /// parameters' types.
    /// </summary>
    public static IEnumerable<(string Name, string[] Kinds)> MethodsIn(SyntaxTree tree, CancellationToken cancellation)
    {
        var mentions = TreeMentions.Of(tree);
        if (!mentions.MentionsAny(SimpleNames))
            yield break;
        foreach (var method in tree.GetRoot(cancellation).DescendantNodes(n => n is not StatementSyntax).OfType<MethodDeclarationSyntax>())
        {
            var inInterface = method.Parent is InterfaceDeclarationSyntax;
            if (!inInterface && !method.Modifiers.Any(m => m.IsKind(SyntaxKind.PublicKeyword) || m.IsKind(SyntaxKind.InternalKeyword) || m.IsKind(SyntaxKind.ProtectedKeyword)))
                continue;
            var kinds = method.ParameterList.Parameters.SelectMany(p => KindsFrom(p.Type, method)).Distinct().ToArray();
            if (kinds.Length > 0)
                yield return (FullName(method), kinds);
        }
    }

    static string FullName(MethodDeclarationSyntax method) =>
        string.Join(".", method.AncestorsAndSelf().Select(n => n switch
        {
            MethodDeclarationSyntax m => m.Identifier.ValueText,
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
            _ => null,
        }).OfType<string>().Reverse());

    static string[] KindsFrom(TypeSyntax? type, MethodDeclarationSyntax method)
    {
        if (type is null || TreeMentions.SimpleName(type) is not { } name)
            return [];
        if (BringsBySimpleName.TryGetValue(name, out var kinds))
            return kinds;
        // `AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder`
        foreach (var constraint in method.ConstraintClauses.Where(c => c.Name.Identifier.ValueText == name).SelectMany(c => c.Constraints).OfType<TypeConstraintSyntax>())
        {
            if (TreeMentions.SimpleName(constraint.Type) is { } bound && BringsBySimpleName.TryGetValue(bound, out kinds))
                return kinds;
        }
        return [];
    }
}
