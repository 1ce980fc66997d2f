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
        if (IsMetBy(type) || FiltersOf(attribute).Any(AddedFilters.IsAuthorization))
            return Answer.Yes;
        return SuggestedIn(attribute) is null ? Answer.No : Answer.Unknown;
    }

    public override Answer OfEndpointFilter(INamedTypeSymbol filter) => IsSuggestedBy(filter) ? Answer.Unknown : Answer.No;

    public override bool IsMetBy(INamedTypeSymbol attribute) =>
        AddedFilters.IsAuthorization(attribute) || Implements(attribute, "Microsoft.AspNetCore.Authorization.IAuthorizeData", "Microsoft.AspNetCore.Authorization.IAllowAnonymous",
            "Microsoft.AspNetCore.Authorization.IAuthorizationRequirementData");

    public override bool MayBeMetBy(string method) => Suggestive.IsMatch(method);

    /// <summary>Whether the name of a filter or middleware says that it decides who may call.</summary>
    public static bool IsSuggestedBy(string name) => Suggestive.IsMatch(name);

    /// <summary>Of the framework's own it is known what they decide, whatever tokens they validate.</summary>
    public static bool IsSuggestedBy(INamedTypeSymbol type) => Suggestive.IsMatch(type.Name) && !SymbolName.Of(type).StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal);

    /// <summary>The action filter, or the one that an attribute applies, whose name says that it authorizes by hand.</summary>
    public static string? SuggestedIn(AttributeData attribute) =>
        attribute.AttributeClass is { } type && Implements(type, "Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata") ? FiltersOf(attribute).Append(type).FirstOrDefault(IsSuggestedBy)?.Name : null;

    /// <summary><c>[ServiceFilter&lt;T&gt;]</c> or <c>[ServiceFilter(typeof(T))]</c>, and whatever attribute does alike.</summary>
    static IEnumerable<INamedTypeSymbol> FiltersOf(AttributeData attribute) =>
        attribute.AttributeClass!.TypeArguments.Concat(attribute.ConstructorArguments.Where(a => a.Kind == TypedConstantKind.Type).Select(a => a.Value)).OfType<INamedTypeSymbol>();
}
