using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>Tells whether a comment in a catch clause says why nothing is done; that nothing is done can be seen, and code that is commented out gives no reason.</summary>
static class CatchComment
{
    static readonly HashSet<string> SaysNothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "never", "mind", "ignore", "ignored", "ignoring", "swallow", "swallowed", "swallowing", "suppress", "suppressed", "eat", "silently", "silent", "safely", "just", "do", "nothing", "to", "here", "empty", "on",
        "purpose", "intentionally", "intentional", "deliberately", "left", "blank", "block", "exception", "exceptions", "error", "errors", "the", "this", "it", "all", "any", "a", "an", "and", "is", "are", "be", "can",
        "noop", "no", "op", "catch", "please", "ex", "e", "done",
    };

    static readonly string[] NoReasons = ["TODO", "FIXME", "HACK", "ReSharper"];

    public static bool SaysWhy(CatchClauseSyntax clause) => clause.DescendantTrivia().Any(t =>
        (t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia)) && IsReason(t.ToString().Trim('/', '*', ' ', '\t', '\r', '\n')));

    static bool IsReason(string text)
    {
        if (text.Length == 0 || text[text.Length - 1] is ';' or '{' or '}' || Array.Exists(NoReasons, n => text.StartsWith(n, StringComparison.OrdinalIgnoreCase)))
            return false;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetter(text[i]))
                continue;
            if (i > start && !SaysNothing.Contains(text.Substring(start, i - start)))
                return true;
            start = i + 1;
        }
        return false;
    }
}
