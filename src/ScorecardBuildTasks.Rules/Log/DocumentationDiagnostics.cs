using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>The compiler's warnings on documentation comments, which it reads only where it writes the documentation.</summary>
static class DocumentationDiagnostics
{
    static readonly int[] Numbers = [419, 1570, 1571, 1572, 1573, 1574, 1580, 1581, 1584, 1587, 1589, 1590, 1591, 1592, 1658, 1710, 1711, 1712, 1723, 1734];

    public static bool Include(string id) =>
        id.StartsWith("CS", StringComparison.Ordinal) && int.TryParse(id.Substring(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Array.IndexOf(Numbers, number) >= 0;

    public static bool AreOff(Compilation compilation) => compilation.SyntaxTrees.FirstOrDefault()?.Options.DocumentationMode < DocumentationMode.Diagnose;
}
