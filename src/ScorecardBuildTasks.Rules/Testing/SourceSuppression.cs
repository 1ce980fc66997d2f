using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>How the source of a test silences a finding, told where no compiler does: by a pragma, or by a SuppressMessage attribute with its justification.</summary>
sealed record SourceSuppression(string Type, string? Justification)
{
    /// <summary>The words that the compiler's error log has for the two.</summary>
    const string Pragma = "Pragma Directive", Attribute = "SuppressMessageAttribute";

    /// <summary>Null where the finding is open.</summary>
    /// <param name="project">The sources of the project that the node belongs to.</param>
    public static SourceSuppression? Of(string id, SyntaxNode node, IEnumerable<TestSource> project, TestReader reader)
    {
        foreach (var member in node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>())
        {
            if (member.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a => Names(a, id)) is { } attribute)
                return new SourceSuppression(Attribute, JustificationOf(attribute, reader));
        }
        if (IsDisabled(id, node))
            return new SourceSuppression(Pragma, null);
        var global = project.SelectMany(s => ((CompilationUnitSyntax)s.Tree.GetRoot()).AttributeLists).SelectMany(l => l.Attributes).FirstOrDefault(a => Names(a, id) && Targets(a, node, reader));
        return global is null ? null : new SourceSuppression(Attribute, JustificationOf(global, reader));
    }

    static bool IsDisabled(string id, SyntaxNode node)
    {
        var root = node.SyntaxTree.GetRoot();
        var disabled = false;
        if (!root.ContainsDirectives)
            return false;
        for (var directive = root.GetFirstDirective(); directive is not null && directive.SpanStart < node.SpanStart; directive = directive.GetNextDirective())
        {
            if (directive is PragmaWarningDirectiveTriviaSyntax { IsActive: true } pragma && (pragma.ErrorCodes.Count == 0 || pragma.ErrorCodes.Any(code => code is IdentifierNameSyntax name && name.Identifier.ValueText == id)))
                disabled = pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword);
        }
        return disabled;
    }

    /// <summary>The second argument is the id, alone or before a colon and the title.</summary>
    static bool Names(AttributeSyntax attribute, string id) =>
        TreeMentions.SimpleName(attribute.Name) is "SuppressMessage" or "SuppressMessageAttribute" or "UnconditionalSuppressMessage" or "UnconditionalSuppressMessageAttribute"
        && attribute.ArgumentList?.Arguments is { Count: > 1 } arguments && arguments[1].Expression is LiteralExpressionSyntax { Token.Value: string check } && check.Split(':')[0].Trim() == id;

    static string? JustificationOf(AttributeSyntax attribute, TestReader reader) => Argument(attribute, "Justification") is { } given ? reader.TextOf(given) ?? given.ToString() : null;

    /// <summary>An attribute of the assembly counts for all of it, or for the target that its documentation id names.</summary>
    static bool Targets(AttributeSyntax attribute, SyntaxNode node, TestReader reader)
    {
        if (Argument(attribute, "Target") is not { } argument)
            return true;
        var target = reader.TextOf(argument) ?? "";
        target = target.Substring(target.IndexOf(':') + 1);
        var name = NameOf(node);
        var within = (Argument(attribute, "Scope") is { } scope ? reader.TextOf(scope) : null) is "namespaceanddescendants" or "type";
        return target.Split('(')[0] == name || (within && name.StartsWith(target + ".", StringComparison.Ordinal));
    }

    static string NameOf(SyntaxNode node) => string.Join(".", node.AncestorsAndSelf().Select(n => n switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        _ => null,
    }).OfType<string>().Reverse());

    static ExpressionSyntax? Argument(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name)?.Expression;
}
