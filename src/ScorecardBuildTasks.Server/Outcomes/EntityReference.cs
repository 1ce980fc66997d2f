using System.Diagnostics.CodeAnalysis;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>What an outcome is about: <c>[kind:][namespace/]name</c>, where the kind is <c>service</c> and the namespace <c>default</c> unless said.</summary>
sealed record EntityReference(string Kind, string Namespace, string Name)
{
    const string DefaultKind = "service";
    const string DefaultNamespace = "default";

    /// <summary>The shortest way to write it: for an ordinary service its bare name, which is what the API answers as <c>service_name</c>.</summary>
    public override string ToString() =>
        (Kind == DefaultKind ? "" : Kind + ":") + (Namespace == DefaultNamespace ? "" : Namespace + "/") + Name;

    /// <summary>What a service's name refers to; a name that says more (kind, namespace) is taken at its word.</summary>
    public static EntityReference OfService(string name) => TryParse(name, out var reference) ? reference : new(DefaultKind, DefaultNamespace, name);

    public static bool TryParse(string text, [NotNullWhen(true)] out EntityReference? reference)
    {
        var rest = text;
        var (kind, space) = (Before(':') ?? DefaultKind, Before('/') ?? DefaultNamespace);
        var isWhole = new[] { kind, space, rest }.All(part => part.Length > 0 && part == part.Trim());
        reference = isWhole ? new EntityReference(kind, space, rest) : null;
        return isWhole;

        string? Before(char separator)
        {
            var end = rest.IndexOf(separator);
            if (end < 0)
                return null;
            var part = rest[..end];
            rest = rest[(end + 1)..];
            return part;
        }
    }
}
