namespace ScorecardBuildTasks.Client;

/// <summary>Outcomes that overwrite each other are equal: those of one rule for one entity, however short the references to it are.</summary>
sealed class SameSubject : IEqualityComparer<OutcomeUpdate>
{
    public static readonly SameSubject Instance = new();

    public bool Equals(OutcomeUpdate? x, OutcomeUpdate? y)
    {
        if (x is null || y is null)
            return x is null && y is null;
        var one = new Reference(x.EntityReference);
        var other = new Reference(y.EntityReference);
        return x.RuleId == y.RuleId && one.Name.SequenceEqual(other.Name) && one.Namespace.SequenceEqual(other.Namespace) && one.Kind.SequenceEqual(other.Kind);
    }

    public int GetHashCode(OutcomeUpdate outcome)
    {
        var reference = new Reference(outcome.EntityReference);
        return HashCode.Combine(outcome.RuleId, string.GetHashCode(reference.Kind), string.GetHashCode(reference.Namespace), string.GetHashCode(reference.Name));
    }

    /// <summary>What a reference names: the kind is <c>service</c> and the namespace <c>default</c> unless said.</summary>
    readonly ref struct Reference
    {
        public Reference(ReadOnlySpan<char> text)
        {
            var colon = text.IndexOf(':');
            Kind = colon >= 0 ? text[..colon] : "service";
            var rest = text[(colon + 1)..];
            var slash = rest.IndexOf('/');
            Namespace = slash >= 0 ? rest[..slash] : "default";
            Name = rest[(slash + 1)..];
        }

        public ReadOnlySpan<char> Kind { get; }

        public ReadOnlySpan<char> Namespace { get; }

        public ReadOnlySpan<char> Name { get; }
    }
}
