using ScorecardBuildTasks.Rules.Testing;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Testing;

/// <summary>Every case runs twice: in the tests' own compilation, and from the service's side, where the tests are syntax.</summary>
public sealed class SCORE3003SkippedTestHasReasonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("TODO")]
    [InlineData("todo!")]
    [InlineData("later")]
    [InlineData("Skipped.")]
    [InlineData("<Pending>")]
    public Task PlaceholderFails(string reason) => TwoEntries.FailsAsync<SCORE3003SkippedTestHasReason>(
        TestProject.Tests($"public class OrderTests {{ [[|Fact|](Skip = \"{reason}\")] public void Adds() => Assert.True(true); }}"));

    [Theory]
    [InlineData("\"the bank is closed, SHOP-12\"")]
    [InlineData("\"flaky on the build agents\"")]
    [InlineData("Reasons.Closed")]
    [InlineData("\"closed until \" + Reasons.Closed")]
    [InlineData("nameof(Reasons.Closed)")]
    [InlineData("null")]
    public Task ReasonPasses(string reason) => TwoEntries.PassesAsync<SCORE3003SkippedTestHasReason>(TestProject.Tests(
        $"public class OrderTests {{ [Fact(Skip = {reason})] public void Adds() => Assert.True(true); }} static class Reasons {{ public const string Closed = \"the bank is closed\"; }}"));

    [Fact]
    public Task ConstantThatIsAPlaceholderFails() => TwoEntries.FailsAsync<SCORE3003SkippedTestHasReason>(TestProject.Tests(
        "public class OrderTests { const string Later = \"TODO\"; [[|Theory|](Skip = Later), InlineData(1)] public void Adds(int x) => Assert.True(x > 0); }"));

    [Fact]
    public Task SkippedRowFails() => TwoEntries.FailsAsync<SCORE3003SkippedTestHasReason>(TestProject.Tests(
        "public class OrderTests { [Theory, InlineData(1), [|InlineData|](2, Skip = \"\"), InlineData(3, Skip = \"three is a crowd\")] public void Adds(int x) => Assert.True(x > 0); }"));

    [Fact]
    public Task NUnitIsKnown() => TwoEntries.FailsAsync<SCORE3003SkippedTestHasReason>(TestProject.TestsIn(TestingStub.NUnit, """
        using NUnit.Framework;
        public class OrderTests
        {
            [Test, [|Ignore|]("")] public void A() => Assert.That(true);
            [Test, Ignore("the bank is closed")] public void B() => Assert.That(true);
            [Test, [|Explicit|]] public void C() => Assert.That(true);
            [Test, Explicit("takes an hour")] public void D() => Assert.That(true);
            [[|TestCase|](1, Ignore = "TODO")] public void E(int x) => Assert.That(true);
            [[|TestCase|](1, Explicit = true)] public void F(int x) => Assert.That(true);
            [TestCase(1, Explicit = true, Reason = "takes an hour")] public void G(int x) => Assert.That(true);
        }
        [TestFixture, [|Ignore|]("later")] public class PriceTests { [Test] public void A() => Assert.That(true); }
        """));

    /// <summary>A fact of xUnit v3 has no place for a reason.</summary>
    [Fact]
    public Task ExplicitFactIsNoSkip() => TwoEntries.PassesAsync<SCORE3003SkippedTestHasReason>(TestProject.TestsIn(TestingStub.XunitV3, """
        using Xunit;
        public class OrderTests { [Fact(Explicit = true)] public void A() => Assert.True(true); }
        """));

    [Fact]
    public Task MSTestIsKnown() => TwoEntries.FailsAsync<SCORE3003SkippedTestHasReason>(TestProject.TestsIn(TestingStub.MSTest, """
        using Microsoft.VisualStudio.TestTools.UnitTesting;
        [TestClass]
        public class OrderTests
        {
            [TestMethod, [|Ignore|]] public void A() => Assert.AreEqual(1, 1);
            [TestMethod, Ignore("the bank is closed")] public void B() => Assert.AreEqual(1, 1);
        }
        [TestClass, [|Ignore|]] public class PriceTests { [TestMethod] public void A() => Assert.AreEqual(1, 1); }
        """));

    [Fact]
    public Task TUnitIsKnown() => TwoEntries.FailsAsync<SCORE3003SkippedTestHasReason>(TestProject.TestsIn(TestingStub.TUnit, """
        using TUnit.Core;
        public class OrderTests
        {
            [Test, [|Skip|]("TODO")] public void A() { }
            [Test, Skip("the bank is closed")] public void B() { }
            [Test, Explicit] public void HasNoPlaceForAReason() { }
            [Test, LinuxOnly] public void SaysItByItsName() { }
        }
        sealed class LinuxOnlyAttribute() : SkipAttribute("needs Linux");
        """));

    [Fact]
    public Task ExplicitOfAnUnknownFrameworkIsNotJudgedByTheService() => TwoEntries.PassesInTheServiceAsync<SCORE3003SkippedTestHasReason>(
        "public class OrderTests { [Test, Explicit] public void A() { } }");

    [Fact]
    public Task ExplicitIsNUnitsByAGlobalUsing() => TwoEntries.FailsInTheServiceAsync<SCORE3003SkippedTestHasReason>(
        "public class OrderTests { [Test, [|Explicit|]] public void A() { } }", "global using NUnit.Framework;");

    [Fact]
    public Task IgnoreOfAnotherLibraryIsNone() => RuleTest.PassesAsync<SCORE3003SkippedTestHasReason>(TestProject.Tests("""
        public class OrderTests { [Fact, Mapping.Ignore] public void A() => Assert.True(true); }
        namespace Mapping { sealed class IgnoreAttribute : Attribute; }
        """));

    [Fact]
    public Task MessageNamesTestAndPlaceholder() => RuleTest.FailsAsync<SCORE3003SkippedTestHasReason>(
        TestProject.Tests("public class OrderTests { [[|Fact|](Skip = \"TODO\")] public void Adds() => Assert.True(true); }"),
        "'OrderTests.Adds' is skipped for no more than 'TODO' (blocks level 2 of 'Testing')");

    [Fact]
    public Task MessageSaysThatThereIsNone() => RuleTest.FailsAsync<SCORE3003SkippedTestHasReason>(
        TestProject.Tests("public class OrderTests { [[|Fact|](Skip = \" \")] public void Adds() => Assert.True(true); }"),
        "'OrderTests.Adds' is skipped without a reason (blocks level 2 of 'Testing')");

    [Fact]
    public Task OrdinaryBuildOfTheServiceIsUndecided() => RuleTest.StandsAsideAsync<SCORE3003SkippedTestHasReason>(
        TwoEntries.Service(), "undecided", "the tests' sources are given when reporting");
}
