using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Where an attribute skips a test, and the expression of the reason that it gives.</summary>
static class SkipReasons
{
    /// <summary>The reasons of all skips that an attribute makes; a null among them is a skip without one.</summary>
    public static IEnumerable<ExpressionSyntax?> Of(AttributeSyntax attribute, TestAttribute known)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        switch (known.Name)
        {
            // A type of their own says by its name and text why it skips: `[LinuxOnly]`.
            case "Ignore" or "Skip" or "Explicit" when known.IsDerived:
                yield return attribute.Name;
                yield break;
            case "Ignore" or "Skip":
                yield return First();
                yield break;
            // TUnit's has no place for a reason.
            case "Explicit" when known.Framework == TestAttribute.NUnit:
                yield return First() ?? Named("Reason");
                yield break;
        }
        if (Named("Skip") is { } skip and not LiteralExpressionSyntax { Token.Value: null })
            yield return skip;
        if (Named("Ignore") is { } ignore)
            yield return ignore is LiteralExpressionSyntax { Token.Value: bool or null } ? Named("IgnoreReason") ?? Named("Reason") : ignore;
        else if (Named("IgnoreReason") is { } reason)
            yield return reason;
        // A fact of xUnit v3 has it too, and no place for a reason.
        if (known.Name is "TestCase" or "TestFixture" && Named("Explicit") is LiteralExpressionSyntax { Token.Value: true })
            yield return Named("Reason");

        ExpressionSyntax? First() => arguments.FirstOrDefault(a => a.NameEquals is null)?.Expression;

        ExpressionSyntax? Named(string name) => arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name)?.Expression;
    }
}
