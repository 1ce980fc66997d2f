using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ScorecardBuildTasks.Rules.Http;

/// <summary>A call that maps one endpoint.</summary>
/// <param name="Served">The gRPC service, hub or connection handler that is mapped; null where a handler is.</param>
sealed record MappedEndpoint(InvocationExpressionSyntax Call, string Name, INamedTypeSymbol? Served)
{
    /// <summary>The name of the group or application that it is mapped on, and the member that does: endpoints that share both are told of together.</summary>
    public (SyntaxNode Member, string Builder) Group
    {
        get
        {
            var builder = Call.Expression;
            while (true)
            {
                switch (builder)
                {
                    case MemberAccessExpressionSyntax access:
                        builder = access.Expression;
                        continue;
                    case InvocationExpressionSyntax call:
                        builder = call.Expression;
                        continue;
                }
                break;
            }
            SyntaxNode member = Call.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declared and not GlobalStatementSyntax ? declared : Call.SyntaxTree.GetRoot();
            return (member, builder.ToString());
        }
    }

    public Location Location => Location.Create(Call.SyntaxTree, Call.Expression is MemberAccessExpressionSyntax access
        ? TextSpan.FromBounds(access.Name.SpanStart, (Call.ArgumentList.Arguments.FirstOrDefault()?.Span ?? Call.ArgumentList.Span).End)
        : Call.Span);
}
