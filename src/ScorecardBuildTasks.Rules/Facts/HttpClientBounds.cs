using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>What bounds an HTTP client: a timeout that somebody chose, or a resilience handler.</summary>
static class HttpClientBounds
{
    /// <summary>Methods on the factory's builder, of Microsoft.Extensions.Http.Resilience and .Polly.</summary>
    static readonly HashSet<string> Handlers = new(StringComparer.Ordinal)
    {
        "AddStandardResilienceHandler", "AddStandardHedgingHandler", "AddResilienceHandler", "AddPolicyHandler", "AddPolicyHandlerFromRegistry", "AddTransientHttpErrorPolicy",
    };

    public static readonly MentionedName[] HandlerNames = [.. Handlers.Select(h => new MentionedName(h))];

    public static bool IsHandler(string? method) => method is not null && Handlers.Contains(method);

    /// <summary>Whether the code adds a handler or sets a timeout. In a builder's callback the names say enough.</summary>
    public static bool AreIn(SyntaxNode code) => code.DescendantNodes().Any(n => n switch
    {
        InvocationExpressionSyntax call => IsHandler(TreeMentions.SimpleName(call.Expression)),
        AssignmentExpressionSyntax assignment => IsTimeout(assignment),
        _ => false,
    });

    /// <summary><c>client.Timeout = …</c> or <c>Timeout = …</c> in an initializer, for a time that ends.</summary>
    public static bool IsTimeout(AssignmentExpressionSyntax assignment) =>
        TreeMentions.SimpleName(assignment.Left) == "Timeout" && TreeMentions.SimpleName(assignment.Right) != "InfiniteTimeSpan";
}
