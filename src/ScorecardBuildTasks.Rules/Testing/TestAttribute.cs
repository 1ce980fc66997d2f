namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>An attribute of a test framework, by its name there without <c>Attribute</c>.</summary>
/// <param name="Framework">The namespace of the framework; null where only the name is known.</param>
/// <param name="IsDerived">True for a type of somebody else's that derives from it: its arguments mean what that says.</param>
sealed record TestAttribute(string? Framework, string Name, bool IsDerived = false)
{
    public const string Xunit = "Xunit";
    public const string NUnit = "NUnit.Framework";
    public const string MSTest = "Microsoft.VisualStudio.TestTools.UnitTesting";
    public const string TUnit = "TUnit.Core";

    public static readonly IReadOnlyList<string> Frameworks = [Xunit, NUnit, MSTest, TUnit];

    static readonly HashSet<string> Tests = new(StringComparer.Ordinal) { "Fact", "Theory", "Test", "TestCase", "TestCaseSource", "TestMethod", "DataTestMethod" };
    static readonly HashSet<string> TearDowns = new(StringComparer.Ordinal) { "TearDown", "OneTimeTearDown", "TestCleanup", "ClassCleanup", "After", "AfterEvery" };
    static readonly HashSet<string> Others = new(StringComparer.Ordinal) { "Ignore", "Explicit", "Skip", "ExpectedException", "ExpectedExceptionBase", "InlineData", "MemberData", "ClassData", "Data", "TestFixture" };

    public bool IsTest => Tests.Contains(Name);

    public bool IsTearDown => TearDowns.Contains(Name);

    public bool ExpectsException => Name is "ExpectedException" or "ExpectedExceptionBase";

    /// <summary>By the simple name alone, with or without <c>Attribute</c>. Teams name their own after what they derive from: <c>SkippableFact</c>, <c>StaTestMethod</c>.</summary>
    public static TestAttribute? ByName(string name)
    {
        name = WithoutSuffix(name);
        if (IsKnown(name))
            return new TestAttribute(null, name);
        var stem = name.EndsWith("Fact", StringComparison.Ordinal) ? "Fact"
            : name.EndsWith("Theory", StringComparison.Ordinal) ? "Theory"
            : name.EndsWith("TestMethod", StringComparison.Ordinal) ? "TestMethod"
            : null;
        return stem is null ? null : new TestAttribute(null, stem, IsDerived: true);
    }

    /// <summary>A type of a framework's own; null where it says nothing about running a test.</summary>
    public static TestAttribute? InFramework(string space, string name)
    {
        // xUnit v3 and TUnit have parts in namespaces below their own.
        if (Frameworks.FirstOrDefault(f => space == f || space.StartsWith(f + ".", StringComparison.Ordinal)) is not { } framework)
            return null;
        name = WithoutSuffix(name);
        return IsKnown(name) ? new TestAttribute(framework, name) : null;
    }

    static bool IsKnown(string name) => Tests.Contains(name) || TearDowns.Contains(name) || Others.Contains(name);

    static string WithoutSuffix(string name) =>
        name.Length > "Attribute".Length && name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
}
