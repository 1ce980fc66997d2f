using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>The endpoints that one finding is about, where it stands and how a message names them. What one call or attribute mends together is told of together.</summary>
sealed record EndpointSubject(Location Location, string Name, bool IsOne)
{
    /// <summary>One subject for all endpoints that a member maps on the same group, standing at the first of them.</summary>
    public static IEnumerable<EndpointSubject> Of(IEnumerable<(MappedEndpoint Endpoint, string Name)> endpoints) =>
        from endpoint in endpoints
        group endpoint by endpoint.Endpoint.Group into mapped
        let first = mapped.OrderBy(e => e.Endpoint.Call.Span.End).First()
        let others = mapped.Count() - 1
        select new EndpointSubject(first.Endpoint.Location, others == 0 ? first.Name : $"{first.Name} and {others} more mapped on '{mapped.Key.Builder}'", others == 0);

    /// <summary>Some actions of a controller, at the first of them; all of them at the controller.</summary>
    public static EndpointSubject Of(INamedTypeSymbol controller, Location location, IReadOnlyList<IMethodSymbol> some, int all)
    {
        if (some.Count == all)
            return new EndpointSubject(location, all == 1 ? $"The action of '{controller.Name}'" : $"The {all} actions of '{controller.Name}'", all == 1);
        var first = $"'{controller.Name}.{some[0].Name}'";
        return new EndpointSubject(
            some[0].Locations.FirstOrDefault(l => l.SourceTree == location.SourceTree) ?? location,
            some.Count == 1 ? first : $"{first} and {some.Count - 1} more of its {all} actions",
            some.Count == 1);
    }
}
