namespace ScorecardBuildTasks.Client;

/// <summary>Points from one resource to another.</summary>
public sealed record Relationship(ResourceIdentifier Data);

/// <summary>Points from one resource to several others.</summary>
public sealed record RelationshipList(IReadOnlyList<ResourceIdentifier> Data);

/// <summary>Names a resource without its attributes.</summary>
public sealed record ResourceIdentifier(string Id, string Type);
