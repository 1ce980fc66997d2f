using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Facts;

/// <summary>The resilience handlers that bound a client of the HTTP client factory.</summary>
static class HttpClientBounds
{
    /// <summary>Methods on the factory's builder, of Microsoft.Extensions.Http.Resilience and .Polly.</summary>
    static readonly HashSet<string> Handlers = new(StringComparer.Ordinal)
    {
        "AddStandardResilienceHandler", "AddStandardHedgingHandler", "AddResilienceHandler", "AddPolicyHandler", "AddPolicyHandlerFromRegistry", "AddTransientHttpErrorPolicy",
    };

    static readonly MentionedName[] HandlerNames = [.. Handlers.Select(h => new MentionedName(h))];

    /// <summary>Whether the method adds one; others have methods of these names too.</summary>
    public static bool IsHandler(IMethodSymbol method) => IsHandler(method.Name, method.ContainingAssembly?.Name);

    public static bool IsHandler(string method, string? assembly) => Handlers.Contains(method) && assembly is "Microsoft.Extensions.Http.Resilience" or "Microsoft.Extensions.Http.Polly";

    /// <summary>Whether a tree adds one to whatever client.</summary>
    public static bool AreIn(SyntaxTree tree, SemanticModels models, CancellationToken cancellation)
    {
        var mentions = TreeMentions.Of(tree);
        return mentions.MentionsAny(HandlerNames)
            && Array.Exists(HandlerNames, name => mentions.Sites(name, cancellation).Any(site => CalledMethod.At(site, models.Of(tree), cancellation) is { } method && IsHandler(method)));
    }
}
