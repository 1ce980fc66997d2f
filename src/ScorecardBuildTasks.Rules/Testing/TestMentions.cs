using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>The identifiers and the paths that the tests of a service mention; comments and switched-off code do not count.</summary>
sealed class TestMentions
{
    /// <summary>Stands for what an interpolated string fills in.</summary>
    const string Hole = "{}";

    static readonly char[] PathEnds = ['?', '#'];

    readonly HashSet<string> names = new(StringComparer.Ordinal);
    readonly HashSet<string> texts = new(StringComparer.Ordinal);

    // By each of their segments: a route is compared with those only that have one of its own.
    readonly Dictionary<string, List<string[]>> paths = new(StringComparer.OrdinalIgnoreCase);
    bool asksForRoot;

    public TestMentions(IEnumerable<TestSource> sources, CancellationToken cancellation)
    {
        foreach (var source in sources)
        {
            foreach (var node in source.Tree.GetRoot(cancellation).DescendantNodes())
            {
                switch (node)
                {
                    case SimpleNameSyntax name:
                        names.Add(name.Identifier.ValueText);
                        break;
                    case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression):
                        AddPath(literal.Token.ValueText);
                        break;
                    case InterpolatedStringExpressionSyntax text:
                        AddPath(string.Concat(text.Contents.Select(c => c is InterpolatedStringTextSyntax part ? part.TextToken.ValueText : Hole)));
                        break;
                }
            }
        }
    }

    public bool Names(string identifier) => names.Contains(identifier);

    /// <summary>Whether a test asks for a path of this route: parameters match anything, and what stands before <c>api</c> and a version may be left to a base address.</summary>
    public bool Asks(string route)
    {
        var segments = Segments(route).SkipWhile(s => s.Equals("api", StringComparison.OrdinalIgnoreCase) || IsVersion(s)).ToArray();
        return segments.All(IsParameter) ? segments.Length == 0 && asksForRoot : Array.Exists(segments, s => paths.TryGetValue(s, out var having) && having.Exists(path => Contains(path, segments)));
    }

    /// <summary>Whether the route names nothing of its own: it is empty, or all parameters.</summary>
    public static bool IsOpen(string route) => Segments(route).All(IsParameter);

    void AddPath(string text)
    {
        if (text.Length == 0 || !texts.Add(text) || text.Any(char.IsWhiteSpace))
            return;
        asksForRoot |= text == "/";
        var segments = Segments(text);
        foreach (var segment in segments)
        {
            if (!paths.TryGetValue(segment, out var having))
                paths.Add(segment, having = []);
            having.Add(segments);
        }
    }

    static bool Contains(string[] path, string[] route)
    {
        for (var start = 0; start + route.Length <= path.Length; start++)
        {
            if (IsAt(start, path, route))
                return true;
        }
        return false;
    }

    static bool IsAt(int start, string[] path, string[] route)
    {
        var isNamed = false;
        for (var i = 0; i < route.Length; i++)
        {
            if (IsParameter(route[i]) || path[start + i] == Hole)
                continue;
            if (!path[start + i].Equals(route[i], StringComparison.OrdinalIgnoreCase))
                return false;
            isNamed = true;
        }
        return isNamed;
    }

    static string[] Segments(string path) => path.Split(PathEnds)[0].Split(['/'], StringSplitOptions.RemoveEmptyEntries);

    static bool IsParameter(string segment) => segment[0] is '{' or '*';

    static bool IsVersion(string segment) => segment.Length > 1 && segment[0] is 'v' or 'V' && (char.IsDigit(segment[1]) || segment[1] == '{');
}
