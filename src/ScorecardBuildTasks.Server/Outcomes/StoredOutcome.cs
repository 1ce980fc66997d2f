using System.Data.Common;
using ScorecardBuildTasks.Client;
using ScorecardBuildTasks.Server.Data;

namespace ScorecardBuildTasks.Server.Outcomes;

/// <summary>An outcome from the database in the form of an answer: of texts only, so that the serialiser generated for it writes a page of them without asking converters.</summary>
sealed record StoredOutcome(string Id, string Type, StoredOutcomeAttributes Attributes, OutcomeRelationships Relationships)
{
    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    public const string Columns = "o.id, o.created_at, o.modified_at, o.remarks, o.entity, o.state, o.rule_id";

    public static StoredOutcome Read(DbDataReader row) => new(
        row.GetString(0),
        "outcome",
        new StoredOutcomeAttributes(Time(row.GetInt64(1)), Time(row.GetInt64(2)), row.GetValue(3) as string, row.GetString(4), row.GetString(5)),
        new OutcomeRelationships { Rule = new Relationship(new ResourceIdentifier(row.GetString(6), "rule")) });

    static string Time(long microseconds) => TimestampExtensions.FromMicroseconds(microseconds).ToString();
}

/// <summary>What <see cref="OutcomeAttributes"/> reads.</summary>
sealed record StoredOutcomeAttributes(string? CreatedAt, string ModifiedAt, string? Remarks, string ServiceName, string State);
