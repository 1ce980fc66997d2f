using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>An endpoint says what it does in its OpenAPI document, or is kept out of it.</summary>
sealed class DescriptionConvention : Convention
{
    public static readonly DescriptionConvention Instance = new();

    static readonly Regex Suggestive = new("Summary|Descri|Document|OpenApi|Swagger", RegexOptions.CultureInvariant);

    public override IReadOnlyList<string> Methods { get; } = ["WithSummary", "WithDescription", "WithOpenApi", "ExcludeFromDescription", "AddOpenApiOperationTransformer"];

    public override bool IsMetBy(IMethodSymbol method, InvocationExpressionSyntax call)
    {
        if (!SymbolName.Of(method.ContainingType).StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal))
            return false;
        return method.Name is "WithOpenApi" or "AddOpenApiOperationTransformer"
            ? call.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText is "Summary" or "Description")
            : method.Name == "ExcludeFromDescription" || !SaysNothing(call);
    }

    public override Answer Of(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { } type)
            return Answer.No;
        var met = SymbolName.Of(type) switch
        {
            "Microsoft.AspNetCore.Http.EndpointSummaryAttribute" or "Microsoft.AspNetCore.Http.EndpointDescriptionAttribute" => true,
            "Microsoft.AspNetCore.Mvc.ApiExplorerSettingsAttribute" => attribute.NamedArguments.Any(a => a.Key == "IgnoreApi" && a.Value is { Kind: TypedConstantKind.Primitive, Value: true }),
            "Swashbuckle.AspNetCore.Annotations.SwaggerOperationAttribute" or "NSwag.Annotations.OpenApiOperationAttribute" =>
                attribute.ConstructorArguments.Any(a => a is { Kind: TypedConstantKind.Primitive, Value: string { Length: > 0 } }) || attribute.NamedArguments.Any(a => a.Key is "Summary" or "Description"),
            "NSwag.Annotations.OpenApiIgnoreAttribute" => true,
            _ => Implements(type, "Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata"),
        };
        return met ? Answer.Yes : Answer.No;
    }

    public override bool IsMetBy(INamedTypeSymbol attribute) =>
        Implements(attribute, "Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata", "Microsoft.AspNetCore.Http.Metadata.IEndpointDescriptionMetadata",
            "Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata")
        || SymbolName.Of(attribute) is "Swashbuckle.AspNetCore.Annotations.SwaggerOperationAttribute";

    /// <summary>What is used is a middleware: it may serve the document and says nothing in it.</summary>
    public override bool MayBeMetBy(string method) => !method.StartsWith("Use", StringComparison.Ordinal) && Suggestive.IsMatch(method);

    /// <summary>Without a documentation file the compiler takes documentation for plain comments; it is read as text.</summary>
    public override Answer OfMethod(IMethodSymbol method, CancellationToken cancellation) =>
        OfAttributes(method) == Answer.Yes || method.DeclaringSyntaxReferences.Any(d => IsDocumented(d.GetSyntax(cancellation))) ? Answer.Yes : Answer.No;

    static bool IsDocumented(SyntaxNode declaration)
    {
        if (declaration is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax) || !declaration.HasLeadingTrivia)
            return false;
        var text = declaration.GetLeadingTrivia().ToFullString();
        return (text.Contains("///") || text.Contains("/**")) && (text.Contains("<summary") || text.Contains("<inheritdoc"));
    }

    static bool SaysNothing(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.LastOrDefault()?.Expression is LiteralExpressionSyntax literal && string.IsNullOrWhiteSpace(literal.Token.ValueText);
}
