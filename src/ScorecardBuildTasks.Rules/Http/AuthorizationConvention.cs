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

    /// <summary>Of the suggestive names those that can mean nothing else: a scope may be one of logging, a token one of a bucket.</summary>
    static readonly Regex Telling = new("Authori[sz]|Authentic|Auth([A-Z0-9]|$)|Anonymous|Permission|ApiKey", RegexOptions.CultureInvariant);

    /// <summary>What code mentions that turns callers away or asks who they are.</summary>
    static readonly Regex Deciding = new("Unauthori[sz]ed|Forbid|Challenge|Authenticat|Authori[sz]|Denied|Deny|\\b40[13]\\b", RegexOptions.CultureInvariant);

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

    public override Answer OfEndpointFilter(AnonymousFunctionExpressionSyntax filter) => MayDecide(filter) ? Answer.Unknown : Answer.No;

    /// <summary>Whether code turns callers away or asks who they are, as far as can be told without following it.</summary>
    public static bool MayDecide(SyntaxNode code) => Deciding.IsMatch(code.ToString());

    public override bool IsMetBy(INamedTypeSymbol attribute) =>
        AddedFilters.IsAuthorization(attribute) || Implements(attribute, "Microsoft.AspNetCore.Authorization.IAuthorizeData", "Microsoft.AspNetCore.Authorization.IAllowAnonymous",
            "Microsoft.AspNetCore.Authorization.IAuthorizationRequirementData");

    public override bool MayBeMetBy(string method) => Suggestive.IsMatch(method);

    /// <summary>
    /// Whether the name of a filter or middleware says that it decides who may call, and what is written in it does not speak against that. Of the framework's own it is known what they decide,
    /// whatever tokens they validate.
    /// </summary>
    public static bool IsSuggestedBy(INamedTypeSymbol type) =>
        Suggestive.IsMatch(type.Name) && !SymbolName.Of(type).StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
        && (Telling.IsMatch(type.Name) || type.DeclaringSyntaxReferences.IsEmpty || type.DeclaringSyntaxReferences.Any(r => MayDecide(r.GetSyntax())));

    /// <summary>The action filter, or the one that an attribute applies, whose name says that it authorizes by hand.</summary>
    public static string? SuggestedIn(AttributeData attribute) =>
        attribute.AttributeClass is { } type && Implements(type, "Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata") ? FiltersOf(attribute).Append(type).FirstOrDefault(IsSuggestedBy)?.Name : null;

    /// <summary><c>[ServiceFilter&lt;T&gt;]</c> or <c>[ServiceFilter(typeof(T))]</c>, and whatever attribute does alike.</summary>
    static IEnumerable<INamedTypeSymbol> FiltersOf(AttributeData attribute) =>
        attribute.AttributeClass!.TypeArguments.Concat(attribute.ConstructorArguments.Where(a => a.Kind == TypedConstantKind.Type).Select(a => a.Value)).OfType<INamedTypeSymbol>();
}
