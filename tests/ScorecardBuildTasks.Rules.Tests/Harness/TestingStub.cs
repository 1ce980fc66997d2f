using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>Test frameworks and assertion libraries that are not at hand, as assemblies with the signatures that they publish.</summary>
static class TestingStub
{
    public static readonly MetadataReference NUnit = Library("nunit.framework", """
        namespace NUnit.Framework
        {
            public class NUnitAttribute : Attribute;
            public class PropertyAttribute : NUnitAttribute;
            public sealed class TestAttribute : NUnitAttribute { public object? ExpectedResult { get; set; } }
            [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
            public sealed class TestCaseAttribute(params object?[]? arguments) : NUnitAttribute
            {
                public object?[]? Arguments => arguments;
                public object? ExpectedResult { get; set; }
                public string? Ignore { get; set; }
                public string? IgnoreReason { get; set; }
                public bool Explicit { get; set; }
                public string? Reason { get; set; }
            }
            public sealed class TestFixtureAttribute : NUnitAttribute;
            public sealed class SetUpAttribute : NUnitAttribute;
            public sealed class TearDownAttribute : NUnitAttribute;
            public sealed class IgnoreAttribute(string reason) : NUnitAttribute { public string Reason => reason; public string? Until { get; set; } }
            public sealed class ExplicitAttribute : PropertyAttribute { public ExplicitAttribute() { } public ExplicitAttribute(string reason) { } }
            public static class Assert { public static void That(bool condition) { } public static void Multiple(Action asserts) { } }
        }
        namespace NUnit.Framework.Legacy { public static class ClassicAssert { public static void IsTrue(bool condition) { } } }
        """);

    public static readonly MetadataReference XunitV3 = Library("xunit.v3.core", """
        namespace Xunit
        {
            [AttributeUsage(AttributeTargets.Method)]
            public class FactAttribute : Attribute { public string? Skip { get; set; } public bool Explicit { get; set; } }
            public static class Assert { public static void True(bool condition) { } }
        }
        """);

    public static readonly MetadataReference MSTest = Library("MSTest.TestFramework", """
        namespace Microsoft.VisualStudio.TestTools.UnitTesting;
        public sealed class TestClassAttribute : Attribute;
        public class TestMethodAttribute : Attribute;
        public sealed class DataTestMethodAttribute : TestMethodAttribute;
        public sealed class TestCleanupAttribute : Attribute;
        [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
        public sealed class IgnoreAttribute : Attribute { public IgnoreAttribute() { } public IgnoreAttribute(string? message) { } }
        public abstract class ExpectedExceptionBaseAttribute : Attribute;
        public sealed class ExpectedExceptionAttribute(Type type) : ExpectedExceptionBaseAttribute { public Type Type => type; }
        public static class Assert { public static void AreEqual<T>(T expected, T actual) { } }
        public static class StringAssert { public static void Contains(string value, string part) { } }
        """);

    public static readonly MetadataReference TUnit = Library("TUnit.Core", """
        namespace TUnit.Core
        {
            public abstract class BaseTestAttribute : Attribute;
            public sealed class TestAttribute : BaseTestAttribute;
            public class SkipAttribute(string reason) : Attribute { public string Reason => reason; }
            public sealed class ExplicitAttribute : Attribute;
        }
        """);

    public static readonly MetadataReference TUnitAssertions = Library("TUnit.Assertions", """
        namespace TUnit.Assertions;
        public static class Assert { public static Assertion<T> That<T>(T value) => throw null!; }
        public sealed class Assertion<T> { public Task IsEqualTo(T expected) => throw null!; }
        """);

    /// <summary>Shouldly, FluentAssertions, Verify, NSubstitute, Moq, FakeItEasy, bUnit and Playwright, each in an assembly of its own name.</summary>
    public static readonly IReadOnlyList<MetadataReference> Assertions =
    [
        Library("Shouldly", """
            namespace Shouldly;
            public static class ShouldBeTestExtensions { public static void ShouldBe<T>(this T actual, T expected) { } }
            public static class Should { public static void Throw<T>(Action action) { } }
            """),
        Library("FluentAssertions", """
            namespace FluentAssertions;
            public static class AssertionExtensions { public static ObjectAssertions Should(this object value) => throw null!; }
            public sealed class ObjectAssertions { public void Be(object expected) { } }
            """),
        Library("Verify.Xunit", """
            namespace VerifyXunit;
            public static class Verifier { public static Task Verify(object target) => throw null!; }
            """),
        Library("NSubstitute", """
            namespace NSubstitute;
            public static class Substitute { public static T For<T>() => throw null!; }
            public static class SubstituteExtensions { public static T Received<T>(this T substitute, int calls = 1) => throw null!; public static T DidNotReceive<T>(this T substitute) => throw null!; }
            """),
        Library("Moq", """
            namespace Moq;
            public class Mock<T> { public T Object => throw null!; public void Setup(Action<T> call) { } public void Verify(Action<T> call) { } public void VerifyAll() { } }
            """),
        Library("FakeItEasy", """
            namespace FakeItEasy;
            public static class A { public static Call CallTo(Action call) => throw null!; }
            public sealed class Call { public void MustHaveHappened() { } }
            """),
        Library("Bunit.Core", """
            namespace Bunit;
            public interface IRenderedFragment;
            public static class MarkupMatchesAssertExtensions { public static void MarkupMatches(this IRenderedFragment fragment, string markup) { } }
            """),
        Library("Microsoft.Playwright", """
            namespace Microsoft.Playwright;
            public interface ILocator;
            public interface ILocatorAssertions { Task ToBeVisibleAsync(); }
            public static class Assertions { public static ILocatorAssertions Expect(ILocator locator) => throw null!; }
            """),
    ];

    public static MetadataReference Library(string name, string code) => TestProject.Library(name, code).WithKind("none").ToMetadata();
}
