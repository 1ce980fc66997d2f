using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The least severe diagnostics that a host reports: warnings where csc writes no error log. Compilers before 4.9 do not say, and count as reporting all.</summary>
static class LeastSeverity
{
    static readonly PropertyInfo? Minimum = typeof(AnalysisContext).GetProperty("MinimumReportedSeverity");

    public static DiagnosticSeverity ReportedBy(AnalysisContext context) => Minimum?.GetValue(context) is DiagnosticSeverity severity ? severity : DiagnosticSeverity.Hidden;
}
