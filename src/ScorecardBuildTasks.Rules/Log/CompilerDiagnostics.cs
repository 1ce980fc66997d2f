using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace ScorecardBuildTasks.Rules.Log;

/// <summary>What the compiler that runs can say at all: of an id that it does not have, silence is no pass.</summary>
static class CompilerDiagnostics
{
    /// <summary>Not public, but the one list of them; where a compiler has none of that name, every id may be one.</summary>
    static readonly Lazy<Type?> Codes = new(() => typeof(CSharpCompilation).Assembly.GetType("Microsoft.CodeAnalysis.CSharp.ErrorCode"));

    /// <summary>Whether an id is of the compiler's own form and it has no such diagnostic.</summary>
    public static bool Lack(string id) => CodeOf(id) is { } code && Codes.Value is { IsEnum: true } codes && !Enum.IsDefined(codes, code);

    /// <summary>Whether the compiler has such a diagnostic and hides it from every log, as it does an unnecessary using, unless it is given a severity.</summary>
    public static bool Hide(string id) => CodeOf(id) is { } code && Codes.Value is { IsEnum: true } codes && Enum.GetName(codes, code)?.StartsWith("HDN_", StringComparison.Ordinal) == true;

    static int? CodeOf(string id) =>
        id.Length == "CS0000".Length && id.StartsWith("CS", StringComparison.Ordinal) && int.TryParse(id.Substring("CS".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
}
