using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>What a service answers requests with: routes with handlers, controllers, gRPC services, hubs, pages, its own or those that a library maps. A health endpoint alone is none.</summary>
sealed class ServiceEndpoints
{
    // Asked for by every rule on endpoints, found once.
    static readonly ConditionalWeakTable<Compilation, ServiceEndpoints> Cache = new();

    readonly Compilation compilation;
    readonly BuildProperties build;
    readonly AssemblyFacts wired;
    readonly HashSet<string> kinds;

    // Looking for controllers binds classes of other files: only where what is wired leaves the question open, and only up to the first one that answers it. Not by anybody's token, which must not end it for others.
    readonly Lazy<bool> hasControllers;
    readonly Lazy<bool> hasApi;

    ServiceEndpoints(Compilation compilation, BuildProperties build)
    {
        (this.compilation, this.build, wired) = (compilation, build, AssemblyFacts.Of(compilation));
        kinds = new HashSet<string>(AssemblyFact.EndpointKinds.Where(wired.Has), StringComparer.Ordinal);
        var mapsControllers = kinds.Remove(AssemblyFact.ControllerEndpoints);
        LibraryControllers = mapsControllers ? Controllers.InLibrariesOf(compilation) : [];
        hasControllers = new Lazy<bool>(() => Found().Any());
        hasApi = new Lazy<bool>(() => Has(AssemblyFact.ApiEndpoints) || Found().Any(Controllers.AnswersWithData));

        IEnumerable<INamedTypeSymbol> Found() => Controllers.DeclaredIn(compilation, CancellationToken.None).Concat(LibraryControllers);
    }

    /// <summary>Why a rule on endpoints has nothing to judge; null when there are endpoints.</summary>
    public Verdict? NoneBecause =>
        kinds.Count > 0 || hasControllers.Value ? null
        : !build.WritesAssemblyFacts ? Verdict.Undecided("ScorecardAssemblyFacts=false switches off the detection of endpoints")
        : wired.MaybeVia(AssemblyFact.ApiEndpoints) is { } method ? Verdict.Undecided($"'{method}' may map endpoints and cannot be looked into")
        : Verdict.NotApplicable("the service maps no endpoints");

    /// <summary>Whether some are an HTTP API, which OpenAPI can describe: routes with handlers, or controllers that answer with data.</summary>
    public bool HasApi => hasApi.Value;

    /// <summary>Whether there are endpoints of this kind, one of <see cref="AssemblyFact.EndpointKinds"/>.</summary>
    public bool Has(string kind) => kind == AssemblyFact.ControllerEndpoints ? hasControllers.Value : kinds.Contains(kind);

    /// <summary>The controllers that MVC finds in libraries, where the service maps controllers; looked for as they are asked for.</summary>
    public IEnumerable<INamedTypeSymbol> LibraryControllers { get; }

    /// <summary>The controllers that MVC finds in a file; one in several is of the file that the compiler has first.</summary>
    public IEnumerable<INamedTypeSymbol> ControllersIn(SyntaxTree tree, CancellationToken cancellation) => Controllers.DeclaredIn(compilation, tree, cancellation);

    public static ServiceEndpoints Of(Compilation compilation, BuildProperties build) =>
        Cache.TryGetValue(compilation, out var known) ? known : Cache.GetValue(compilation, c => new ServiceEndpoints(c, build));
}
