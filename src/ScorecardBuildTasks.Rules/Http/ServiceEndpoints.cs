using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>What a service answers requests with: routes with handlers, controllers, gRPC services, hubs, pages, its own or those that a library maps. A health endpoint alone is none.</summary>
sealed class ServiceEndpoints
{
    // Asked for by every rule on endpoints, found once.
    static readonly ConditionalWeakTable<Compilation, ServiceEndpoints> Cache = new();

    readonly HashSet<string> kinds;

    ServiceEndpoints(Compilation compilation, BuildProperties build, CancellationToken cancellation)
    {
        var wired = AssemblyFacts.Of(compilation);
        kinds = new HashSet<string>(AssemblyFact.EndpointKinds.Where(wired.Has), StringComparer.Ordinal);
        Controllers = Http.Controllers.DeclaredIn(compilation, cancellation);
        if (kinds.Remove(AssemblyFact.ControllerEndpoints))
            Controllers = [.. Controllers, .. Http.Controllers.InLibrariesOf(compilation)];
        if (Controllers.Count > 0)
            kinds.Add(AssemblyFact.ControllerEndpoints);
        NoneBecause = kinds.Count > 0 ? null
            : !build.WritesAssemblyFacts ? Verdict.Undecided("ScorecardAssemblyFacts=false switches off the detection of endpoints")
            : wired.MaybeVia(AssemblyFact.ApiEndpoints) is { } method ? Verdict.Undecided($"'{method}' may map endpoints and cannot be looked into")
            : Verdict.NotApplicable("the service maps no endpoints");
    }

    /// <summary>The controllers that MVC finds, those of libraries only where the service maps controllers.</summary>
    public IReadOnlyList<INamedTypeSymbol> Controllers { get; }

    /// <summary>Why a rule on endpoints has nothing to judge; null when there are endpoints.</summary>
    public Verdict? NoneBecause { get; }

    /// <summary>Whether there are endpoints of this kind, one of <see cref="AssemblyFact.EndpointKinds"/>.</summary>
    public bool Has(string kind) => kinds.Contains(kind);

    /// <summary>Whether some are an HTTP API, which OpenAPI can describe: routes with handlers, or controllers that answer with data.</summary>
    public bool HasApi => Has(AssemblyFact.ApiEndpoints) || Controllers.Any(Http.Controllers.AnswersWithData);

    public static ServiceEndpoints Of(Compilation compilation, BuildProperties build, CancellationToken cancellation) =>
        Cache.TryGetValue(compilation, out var known) ? known : Cache.GetValue(compilation, c => new ServiceEndpoints(c, build, cancellation));
}
