using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Tells what in the sources of tests never runs, because a skip is on all that would run it.</summary>
sealed class SkippedTests(TestSourceIndex index)
{
    readonly SyntaxTestReader reader = new(index);

    /// <summary>Whether a place stands in a test that is skipped, or in a class all of whose tests are. A class without tests is somebody's fixture.</summary>
    public bool Contain(ExpressionSyntax place) => place.Ancestors().Any(around => around switch
    {
        MethodDeclarationSyntax method => reader.IsTest(method) && IsSkipped(method),
        TypeDeclarationSyntax type => AreAllOf(type),
        _ => false,
    });

    bool AreAllOf(TypeDeclarationSyntax type)
    {
        var parts = index.Types[type.Identifier.ValueText];
        var tests = parts.SelectMany(p => p.Members).OfType<MethodDeclarationSyntax>().Where(reader.IsTest).ToList();
        return tests.Count > 0 && (parts.Exists(p => reader.AttributesOf(p).Any(Skips)) || tests.TrueForAll(IsSkipped));
    }

    /// <summary>A skip on one row of its data leaves a test the others.</summary>
    bool IsSkipped(MethodDeclarationSyntax test)
    {
        var rows = reader.AttributesOf(test).ToLookup(a => a.Known.Name is "TestCase" or "TestCaseSource" or "InlineData" or "MemberData" or "ClassData" or "Data");
        return rows[false].Any(Skips) || (rows[true].Any() && rows[true].All(Skips));
    }

    /// <summary>What derives from a framework's attribute, as <c>[LinuxOnly]</c> may, skips under a condition.</summary>
    static bool Skips((AttributeSyntax Syntax, TestAttribute Known) attribute) =>
        !(attribute.Known is { IsDerived: true, Name: "Ignore" or "Skip" or "Explicit" }) && SkipReasons.Of(attribute.Syntax, attribute.Known).Any();
}
