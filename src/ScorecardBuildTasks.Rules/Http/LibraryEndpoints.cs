using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>Endpoints that a service answers with and a library declares. A library's own build does not know what they are mapped on, and the service's does not see what is written on all of them.</summary>
sealed class LibraryEndpoints(RuleContext rule, Convention asked)
{
    static readonly string[] Mapped = [AssemblyFact.ApiEndpoints, AssemblyFact.GrpcEndpoints, AssemblyFact.HubEndpoints];

    readonly EndpointWalk walk = new(new SemanticModels(rule.Compilation), asked, rule.Cancellation);

    /// <summary>The controller or the method that maps some of which nothing in sight meets the convention, as messages name it; null where there is none.</summary>
    public string? Silent => SilentController() ?? SilentMethod();

    /// <summary>Whether a fact was brought by a method of the service's own source.</summary>
    public static bool IsOwn(AssemblyFact fact, Compilation compilation) => compilation.Assembly.GetTypeByMetadataName(fact.Via.Substring(0, Math.Max(fact.Via.LastIndexOf('.'), 0))) is not null;

    string? SilentController()
    {
        var controller = rule.Endpoints.LibraryControllers.FirstOrDefault(c => !Controllers.IsForThePlatform(c) && asked.OfType(c) == Answer.No
            && c.GetMembers().OfType<IMethodSymbol>().Any(m => m is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false } && asked.OfAction(m, rule.Cancellation) == Answer.No));
        return controller is not null && walk.OfControllerMappings() != Answer.Yes ? $"'{controller.Name}' of '{controller.ContainingAssembly.Name}'" : null;
    }

    string? SilentMethod()
    {
        var maps = Mapped.SelectMany(rule.Wired.Certain).FirstOrDefault(f => !IsOwn(f, rule.Compilation)
            && walk.OfCallsOf(m => SymbolName.Of(m) == f.Via, f.Via.Substring(f.Via.LastIndexOf('.') + 1)) is not null and not Answer.Yes);
        return maps is null ? null : $"'{maps.Via}'";
    }
}
