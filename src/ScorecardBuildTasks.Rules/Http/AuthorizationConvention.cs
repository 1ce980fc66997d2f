using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>An endpoint says who may call it: authorization is required of it, or it is open to everyone.</summary>
sealed class AuthorizationConvention : Convention
{
    public static readonly AuthorizationConvention Instance = new();

    static readonly Regex Suggestive = new("Auth|Anonymous|Permission|Polic|Role|Claim|Scope|ApiKey|Token|Signature", RegexOptions.CultureInvariant);

    public override IReadOnlyList<string> Methods { get; } = ["RequireAuthorization", "AllowAnonymous"];

    public override bool IsMetBy(IMethodSymbol method, InvocationExpressionSyntax call) =>
        SymbolName.Of(method.ContainingType) is var type && (type.StartsWith("Microsoft.AspNetCore.Builder.", StringComparison.Ordinal) || type.StartsWith("Carter.", StringComparison.Ordinal));

    public override Answer Of(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { } type)
            return Answer.No;
        if (IsMetBy(type) || attribute.ConstructorArguments.Any(a => a.Kind == TypedConstantKind.Type && a.Value is INamedTypeSymbol filter && IsFilter(filter)))
            return Answer.Yes;
        // An action filter of the service's own may authorize by hand.
        return Suggestive.IsMatch(type.Name) && Implements(type, "Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata") ? Answer.Unknown : Answer.No;
    }

    public override bool IsMetBy(INamedTypeSymbol attribute) =>
        IsFilter(attribute) || Implements(attribute, "Microsoft.AspNetCore.Authorization.IAuthorizeData", "Microsoft.AspNetCore.Authorization.IAllowAnonymous",
            "Microsoft.AspNetCore.Authorization.IAuthorizationRequirementData");

    public override bool MayBeMetBy(string method) => Suggestive.IsMatch(method);

    /// <summary>Whether the name of a filter or middleware says that it decides who may call.</summary>
    public static bool IsSuggestedBy(string name) => Suggestive.IsMatch(name);

    static bool IsFilter(INamedTypeSymbol type) => Implements(type, "Microsoft.AspNetCore.Mvc.Filters.IAuthorizationFilter", "Microsoft.AspNetCore.Mvc.Filters.IAsyncAuthorizationFilter");
}
