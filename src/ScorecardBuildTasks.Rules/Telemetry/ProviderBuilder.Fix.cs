using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Telemetry;

/// <summary>How code sets up a provider of OpenTelemetry's, and where in it another name can be registered.</summary>
/// <param name="Name">What the provider is called in prose.</param>
/// <param name="Registration">The method that registers a name.</param>
/// <param name="Factory">The static method that starts a builder, which is then not handed to a lambda.</param>
/// <param name="Configure">The method that adds to a provider which is set up elsewhere.</param>
/// <param name="Parameter">The name of a lambda's parameter where there is no lambda yet.</param>
sealed record ProviderBuilder(string Name, string Registration, string[] Signals, string Factory, string Configure, string Parameter, string Space, string[] Facts)
{
    public static readonly ProviderBuilder Tracer = new(
        "tracer", "AddSource", ["WithTracing", "AddOpenTelemetryTracing"], "CreateTracerProviderBuilder", "ConfigureOpenTelemetryTracerProvider", "tracing", "OpenTelemetry.Trace.",
        [AssemblyFact.Tracing, AssemblyFact.ActivitySource]);

    public static readonly ProviderBuilder Meters = new(
        "metrics", "AddMeter", ["WithMetrics", "AddOpenTelemetryMetrics"], "CreateMeterProviderBuilder", "ConfigureOpenTelemetryMeterProvider", "metrics", "OpenTelemetry.Metrics.",
        [AssemblyFact.Metrics, AssemblyFact.Meter]);

    /// <summary>The place in a project where another registration fits.</summary>
    public async Task<RegistrationPlace?> FindAsync(Project project, CancellationToken cancellation)
    {
        RegistrationPlace? best = null;
        foreach (var document in project.Documents)
        {
            if (await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false) is not { } tree)
                continue;
            var mentions = TreeMentions.Of(tree);
            foreach (var call in Calls(mentions, Registration, cancellation))
            {
                if (await IsAsync(document, call, Registration, cancellation).ConfigureAwait(false) && call.Expression is MemberAccessExpressionSyntax access)
                    return new RegistrationPlace(document, Registration, call.Span.End, RegistrationPlace.LineBreak(access));
            }
            foreach (var signal in Signals.Append(Configure).Append(Factory))
            {
                foreach (var call in Calls(mentions, signal, cancellation))
                {
                    if (best is null && await IsAsync(document, call, signal, cancellation).ConfigureAwait(false))
                        best = signal == Factory ? RegistrationPlace.After(document, Registration, call) : RegistrationPlace.InLambda(document, Registration, call, Parameter);
                }
            }
        }
        return best;
    }

    static IEnumerable<InvocationExpressionSyntax> Calls(TreeMentions mentions, string name, CancellationToken cancellation) =>
        mentions.Sites(new MentionedName(name), cancellation).OfType<InvocationExpressionSyntax>();

    async Task<bool> IsAsync(Document document, InvocationExpressionSyntax call, string name, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return name == Configure
            ? CalledMethod.At(call, model!, cancellation) is { } method && SymbolName.Of(method.ContainingType).StartsWith(Space, StringComparison.Ordinal)
            : WiringApi.BroughtAt(call, name, model!, cancellation).Any(b => Array.IndexOf(Facts, b.Kind) >= 0);
    }
}

/// <summary>A position in a document where calls are written that register names.</summary>
/// <param name="Before">What precedes each call: the line break and indentation of a chain that has one call per line.</param>
/// <param name="Opening">What must be written before the first call, where the provider is built without a lambda.</param>
sealed record RegistrationPlace(Document Document, string Registration, int Position, string Before, string Opening = "")
{
    public async Task<Solution> WithNamesAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        var text = await Document.GetTextAsync(cancellation).ConfigureAwait(false);
        var calls = string.Concat(names.Select(n => $"{Before}.{Registration}({SymbolDisplay.FormatLiteral(n, quote: true)})"));
        return Document.WithText(text.WithChanges(new TextChange(new TextSpan(Position, 0), Opening + calls))).Project.Solution;
    }

    public static RegistrationPlace After(Document document, string registration, InvocationExpressionSyntax call) =>
        new(document, registration, call.Span.End, call.Parent is MemberAccessExpressionSyntax next ? LineBreak(next) : "");

    public static RegistrationPlace? InLambda(Document document, string registration, InvocationExpressionSyntax call, string parameterName)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count == 0)
            return new RegistrationPlace(document, registration, call.ArgumentList.OpenParenToken.Span.End, "", $"{parameterName} => {parameterName}");
        var (parameter, body) = arguments.Last().Expression switch
        {
            SimpleLambdaExpressionSyntax lambda => (lambda.Parameter.Identifier.ValueText, lambda.Body),
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } lambda => (parameters[0].Identifier.ValueText, lambda.Body),
            _ => ("", null),
        };
        var use = body?.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(n => n.Identifier.ValueText == parameter && n.Parent is MemberAccessExpressionSyntax access && access.Expression == n);
        return use is null ? null : new RegistrationPlace(document, registration, use.Span.End, LineBreak((MemberAccessExpressionSyntax)use.Parent!));
    }

    public static string LineBreak(MemberAccessExpressionSyntax access)
    {
        var between = access.Expression.GetTrailingTrivia().ToFullString() + access.OperatorToken.LeadingTrivia.ToFullString();
        return between.Contains("\n") && between.Trim().Length == 0 ? between : "";
    }
}
