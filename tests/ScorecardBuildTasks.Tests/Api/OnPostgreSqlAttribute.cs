using Build;
using System.Reflection;
using Xunit.Sdk;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>Runs the theory on PostgreSQL, or skips it where that is not installed.</summary>
sealed class OnPostgreSqlAttribute : DataAttribute
{
    public OnPostgreSqlAttribute() => Skip = PostgreSqlServer.Absence;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[TestDatabase.PostgreSql]];
}
