using System.Reflection;
using Xunit.Sdk;

namespace ScorecardBuildTasks.Tests.Api;

/// <summary>Runs the theory on SQLite.</summary>
sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[TestDatabase.Sqlite]];
}
