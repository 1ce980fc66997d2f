using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>What tells telemetry of one service from that of another, and of one release or environment: attributes of OpenTelemetry's resource.</summary>
static class ResourceTags
{
    public const string Name = "service.name";
    public const string Version = "service.version";
    public const string Environment = "deployment.environment";

    const string ResourceExtensions = "OpenTelemetry.Resources.ResourceBuilderExtensions";

    public static readonly string[] Wanted = [Name, Version, Environment];

    public static readonly IReadOnlyList<Brought> Unknown = [new Brought(AssemblyFact.ServiceTag, AssemblyFact.UnknownName)];

    public static readonly IReadOnlyList<Brought> All = [.. Wanted.Select(tag => new Brought(AssemblyFact.ServiceTag, tag))];

    public static readonly IReadOnlyList<WiringApi> Apis =
    [
        new("AddService", ResourceExtensions, [new Brought(AssemblyFact.ServiceTag, Name), .. Unknown]),
        new("AddAttributes", ResourceExtensions, Unknown),
        new("AddDetector", "OpenTelemetry.Resources.ResourceBuilder", Unknown),
        // The detectors that know more of the service than the machine that it runs on
        new("AddAzureAppServiceDetector", "OpenTelemetry.Resources.", Unknown),
        new("AddAzureContainerAppsDetector", "OpenTelemetry.Resources.", Unknown),
        new("AddAWSEBSDetector", "OpenTelemetry.Resources.", Unknown),
    ];

    /// <summary>What a call adds to the resource; null where it is no such call or its arguments decide nothing.</summary>
    public static IReadOnlyList<Brought>? BroughtAt(SyntaxNode site, string name, SemanticModel model, CancellationToken cancellation)
    {
        if (name is not ("AddService" or "AddAttributes") || site is not InvocationExpressionSyntax call || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
            || SymbolName.Of((method.ReducedFrom ?? method).ContainingType) != ResourceExtensions)
        {
            return null;
        }
        return name == "AddService" ? OfService(call, method) : OfAttributes(call, model, cancellation);
    }

    /// <summary>The tags in the value of <c>OTEL_RESOURCE_ATTRIBUTES</c>; the unknown one where it is a variable itself.</summary>
    public static IEnumerable<string> InVariable(string value) =>
        value.Contains("=") ? value.Split(',').Select(pair => TagOf(pair.Split('=')[0].Trim())).OfType<string>()
        : value.Contains("$") ? [AssemblyFact.UnknownName] : [];

    static List<Brought> OfService(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var brought = new List<Brought> { new(AssemblyFact.ServiceTag, Name) };
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            var parameter = arguments[i].NameColon?.Name.Identifier.ValueText ?? method.Parameters[Math.Min(i, method.Parameters.Length - 1)].Name;
            if (parameter == "serviceVersion" && arguments[i].Expression is not LiteralExpressionSyntax { Token.ValueText: "null" or "" })
                brought.Add(new Brought(AssemblyFact.ServiceTag, Version));
        }
        return brought;
    }

    /// <summary>The keys are looked for in the argument, or in the whole member where the argument was put together before.</summary>
    static IReadOnlyList<Brought> OfAttributes(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        var argument = call.ArgumentList.Arguments.LastOrDefault()?.Expression;
        var isInline = argument is BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax;
        var found = new HashSet<Brought>();
        foreach (var node in isInline ? argument!.DescendantNodes() : NodesAround(call))
        {
            if (node is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax && model.GetConstantValue(node, cancellation).Value is string text && TagOf(text) is { } tag)
                found.Add(new Brought(AssemblyFact.ServiceTag, tag));
        }
        return isInline || found.Count > 0 ? found.ToList() : Unknown;
    }

    static IEnumerable<SyntaxNode> NodesAround(SyntaxNode call) =>
        call.Ancestors().FirstOrDefault(n => n is MemberDeclarationSyntax) is GlobalStatementSyntax { Parent: CompilationUnitSyntax unit }
            ? unit.Members.OfType<GlobalStatementSyntax>().SelectMany(s => s.DescendantNodes())
            : call.Ancestors().FirstOrDefault(n => n is MemberDeclarationSyntax)?.DescendantNodes() ?? [];

    /// <summary>The tag that an attribute is; the environment has an old name and a new one.</summary>
    static string? TagOf(string attribute) => attribute == "deployment.environment.name" ? Environment : Array.Find(Wanted, tag => tag == attribute);
}
