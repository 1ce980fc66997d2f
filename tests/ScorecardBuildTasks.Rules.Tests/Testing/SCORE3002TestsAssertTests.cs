using Microsoft.CodeAnalysis;
using ScorecardBuildTasks.Rules.Testing;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Testing;

/// <summary>Every case runs twice: in the tests' own compilation, and from the service's side, where the tests are syntax.</summary>
public sealed class SCORE3002TestsAssertTests
{
    [Theory]
    [InlineData("Assert.Equal(1, 1);")]
    [InlineData("await Assert.ThrowsAsync<InvalidOperationException>(() => Task.CompletedTask);")]
    [InlineData("Xunit.Assert.True(true);")]
    [InlineData("new[] { 1 }.ToList().ForEach(x => Assert.Equal(1, x));")]
    [InlineData("1.ShouldBe(1);")]
    [InlineData("Should.Throw<InvalidOperationException>(() => { });")]
    [InlineData("((object)1).Should().Be(1);")]
    [InlineData("await Verifier.Verify(1);")]
    [InlineData("Substitute.For<IDisposable>().Received().Dispose();")]
    [InlineData("Substitute.For<IDisposable>().DidNotReceive().Dispose();")]
    [InlineData("new Mock<IDisposable>().Verify(d => d.Dispose());")]
    [InlineData("new Mock<IDisposable>().VerifyAll();")]
    [InlineData("A.CallTo(() => { }).MustHaveHappened();")]
    [InlineData("default(IRenderedFragment)!.MarkupMatches(\"<p></p>\");")]
    [InlineData("await Assertions.Expect(default(ILocator)!).ToBeVisibleAsync();")]
    [InlineData("(await new System.Net.Http.HttpClient().GetAsync(\"/\")).EnsureSuccessStatusCode();")]
    [InlineData("if (DateTime.MinValue.Year != 1) throw new Exception(\"the calendar has changed\");")]
    [InlineData("_ = Environment.NewLine is \"\" ? throw new Exception(\"no line\") : 1;")]
    [InlineData("var signal = new TaskCompletionSource(); await signal.Task.WaitAsync(TimeSpan.FromSeconds(5));")]
    [InlineData("var signal = new TaskCompletionSource<int>(); using var cts = new CancellationTokenSource(); await signal.Task.WaitAsync(cts.Token);")]
    public Task AssertionPasses(string statement) => TwoEntries.PassesAsync<SCORE3002TestsAssert>(WithLibraries($$"""
        using Shouldly; using FluentAssertions; using VerifyXunit; using NSubstitute; using Moq; using FakeItEasy; using Bunit; using Microsoft.Playwright;
        public class OrderTests { [Fact] public async Task Adds() { await Task.Yield(); {{statement}} } }
        """));

    [Theory]
    [InlineData("var total = 1 + 1;")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.CompletedTask.WaitAsync(TimeSpan.FromSeconds(5));")]
    [InlineData("var gate = new SemaphoreSlim(1); await gate.WaitAsync(5);")]
    [InlineData("var signal = new TaskCompletionSource(); signal.SetResult(); await signal.Task;")]
    [InlineData("new Mock<IDisposable>().Setup(d => d.Dispose());")]
    [InlineData("var thrown = Record.Exception(() => { });")]
    [InlineData("Action act = () => { }; act();")]
    [InlineData("var name = nameof(Assert.Equal);")]
    [InlineData("Debug(); void Debug() { }")]
    [InlineData("_ = Environment.NewLine ?? throw new ArgumentNullException();")]
    [InlineData("// Assert.Equal(1, 1);\nGC.Collect();")]
    public Task NoAssertionFails(string statement) => TwoEntries.FailsAsync<SCORE3002TestsAssert>(WithLibraries($$"""
        using Moq;
        public class OrderTests { [Fact] public async Task [|Adds|]() { await Task.Yield(); {{statement}} } }
        """));

    [Fact]
    public Task EmptyTestFailsByThatName() => RuleTest.FailsAsync<SCORE3002TestsAssert>(
        TestProject.Tests("public class OrderTests { [Fact] public void [|DoesNotThrow|]() { } }"), "Test 'OrderTests.DoesNotThrow' is empty (blocks level 2 of 'Testing')");

    [Fact]
    public Task TestThatAssertsNothingFailsByThatName() => RuleTest.FailsAsync<SCORE3002TestsAssert>(
        TestProject.Tests("public class OrderTests { [Fact] public void [|Adds|]() => GC.Collect(); }"), "Test 'OrderTests.Adds' asserts nothing (blocks level 2 of 'Testing')");

    [Theory]
    [InlineData("Disposing_twice_does_not_throw")]
    [InlineData("StartsWithoutErrors")]
    [InlineData("SmokeTest")]
    public Task SmokeTestThatSaysSoPasses(string name) => TwoEntries.PassesAsync<SCORE3002TestsAssert>(
        TestProject.Tests($"public class OrderTests {{ [Fact] public void {name}() => GC.Collect(); }}"));

    [Fact]
    public Task HelperThatAssertsThroughOthersPasses() => TwoEntries.PassesAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        public class OrderTests : OrderTestsBase
        {
            [Fact] public void Calls() => Check(2);
            [Fact] public void Inherits() => HasTotal(2);
            [Fact] public void Extends() => 2.IsPaid();
            [Fact] public void HandsOn() => new[] { 2 }.ToList().ForEach(Check);
            [Fact] public void HandsOnOfAnotherType() => new[] { 2 }.ToList().ForEach(Totals.IsPaid);
            [Fact] public void Asks() => new Scenario().Run();
            static void Check(int total) => Again(total);
            static void Again(int total) { if (total > 0) Check(total - 1); Assert.True(total >= 0); }
        }
        public abstract class OrderTestsBase { protected void HasTotal(int total) => Assert.Equal(2, total); }
        static class Totals { public static void IsPaid(this int total) { if (total != 2) throw new InvalidOperationException("not paid"); } }
        class Scenario { public void Run() => Assert.True(true); }
        """));

    [Theory]
    [InlineData("Assert.True(true)", "GC.Collect()")]
    [InlineData("GC.Collect()", "Assert.True(true)")]
    public Task OneHelperOfTheNameIsEnoughWhereOnlyTheNameIsKnown(string first, string second) => RuleTest.PassesAsync<SCORE3002TestsAssert>(TwoEntries.Service($$"""
        public class OrderTests { [Fact] public void Pays() => new Orders().Check(); }
        class Orders { public void Check() => {{first}}; }
        class Prices { public void Check() => {{second}}; }
        """));

    [Fact]
    public Task HelperThatAssertsNothingFails() => TwoEntries.FailsAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        public class OrderTests
        {
            [Fact] public void [|Calls|]() => AssertPaid(2);
            [Fact] public void [|Circles|]() => Again();
            void Again() => Again();
            static void AssertPaid(int total) => Console.WriteLine(total);
        }
        """));

    [Fact]
    public Task HelperOfAnInterfacePassesByItsImplementation() => TwoEntries.PassesAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        public class OrderTests { readonly IDriver driver = new Driver(); [Fact] public void Calls() => driver.SeesOrder(); }
        interface IDriver { void SeesOrder(); }
        class Driver : IDriver { public void SeesOrder() => Assert.True(true); }
        """));

    [Fact]
    public Task TearDownThatAssertsPasses() => TwoEntries.PassesAsync<SCORE3002TestsAssert>(WithLibraries("""
        using Moq;
        public class OrderTests : OrderTestsBase { [Fact] public void Calls() => GC.Collect(); }
        public abstract class OrderTestsBase : IDisposable { readonly Mock<IDisposable> mock = new(); public void Dispose() => mock.VerifyAll(); }
        """));

    [Fact]
    public Task BaseThatIsNamedTwiceIsLookedAtOnce() => TwoEntries.FailsAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        public partial class OrderTests : OrderTestsBase { [Fact] public void [|Calls|]() => GC.Collect(); }
        public partial class OrderTests : OrderTestsBase;
        public abstract class OrderTestsBase;
        """));

    [Fact]
    public Task StaticUsingAndAliasPass() => TwoEntries.PassesAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        using static Xunit.Assert;
        using Claim = Xunit.Assert;
        public class OrderTests { [Fact] public void Calls() => Equal(1, 1); [Fact] public void Claims() => Claim.Equal(1, 1); }
        """));

    [Fact]
    public Task FakeThatThrowsIsNoAssertion() => TwoEntries.FailsAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        public class OrderTests { [Fact] public void [|Calls|]() => new Fake().Send(); }
        class Fake { public void Send() => throw new NotImplementedException(); }
        """));

    [Fact]
    public Task NUnitIsKnown() => TwoEntries.FailsAsync<SCORE3002TestsAssert>(TestProject.TestsIn(TestingStub.NUnit, """
        using NUnit.Framework; using NUnit.Framework.Legacy;
        [TestFixture]
        public class OrderTests
        {
            [Test] public void [|Nothing|]() => System.GC.Collect();
            [TestCase(1), TestCase(2)] public void [|Cases|](int x) => System.GC.Collect(x);
            [Test] public void That() => Assert.That(true);
            [Test] public void Classic() => ClassicAssert.IsTrue(true);
            [Test] public void Multiple() => Assert.Multiple(() => { });
            [TestCase(1, ExpectedResult = 1)] public int Result(int x) => x;
            [TestCase(1, ExpectedResult = 1)] public Task<int> Later(int x) => Task.FromResult(x);
            [SetUp] public void Prepare() => System.GC.Collect();
        }
        """));

    [Fact]
    public Task MSTestIsKnown() => TwoEntries.FailsAsync<SCORE3002TestsAssert>(TestProject.TestsIn(TestingStub.MSTest, """
        using Microsoft.VisualStudio.TestTools.UnitTesting;
        [TestClass]
        public class OrderTests
        {
            [TestMethod] public void [|Nothing|]() => System.GC.Collect();
            [DataTestMethod] public void [|Rows|]() => System.GC.Collect();
            [TestMethod] public void Equal() => Assert.AreEqual(1, 1);
            [TestMethod] public void Text() => StringAssert.Contains("ab", "a");
            [TestMethod, ExpectedException(typeof(InvalidOperationException))] public void Throws() => System.GC.Collect();
        }
        """));

    [Fact]
    public Task TUnitIsKnown() => TwoEntries.FailsAsync<SCORE3002TestsAssert>(TestProject.TestsIn(TestingStub.TUnit, """
        using TUnit.Assertions; using TUnit.Core;
        public class OrderTests
        {
            [Test] public void [|Nothing|]() => System.GC.Collect();
            [Test] public async Task Equal() => await Assert.That(1).IsEqualTo(1);
        }
        """).WithReference(TestingStub.TUnitAssertions));

    [Fact]
    public Task DerivedAttributeIsATest() => TwoEntries.FailsAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        public class OrderTests { [Slow] public void [|Nothing|]() => GC.Collect(); [Mark] public void Other() => GC.Collect(); }
        sealed class SlowAttribute : FactAttribute;
        sealed class MarkAttribute : Attribute;
        """));

    [Fact]
    public Task DerivedAttributeOfALibraryIsATestInItsOwnCompilation() => RuleTest.FailsAsync<SCORE3002TestsAssert>(
        TestProject.Tests("using Company; public class OrderTests { [Slow] public void [|Nothing|]() => GC.Collect(); }")
            .WithReference(TestProject.Library("Company", "namespace Company; public sealed class SlowAttribute : Xunit.FactAttribute;").WithKind("none").WithReferences(Frameworks.Xunit).ToMetadata()));

    [Fact]
    public Task SkippedTestIsLeftToAnotherRule() => TwoEntries.PassesAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        public class OrderTests { [Fact(Skip = "the bank is closed")] public void Nothing() { } }
        """));

    [Fact]
    public Task FactOfAnotherLibraryIsNoTest() => RuleTest.PassesAsync<SCORE3002TestsAssert>(TestProject.Tests("""
        public class OrderTests { [Facts.Fact] public void Nothing() { } public void NoTest() { } }
        namespace Facts { sealed class FactAttribute : Attribute; }
        """));

    [Fact]
    public Task AssertionNameOfWhatIsTestedDoesNotCount() => RuleTest.FailsAsync<SCORE3002TestsAssert>(
        TestProject.Tests("public class OrderTests { [Fact] public void [|Verifies|]() => new Checkout.Order().Verify(); [Fact] public void [|Asserts|]() => Checkout.Assert.IsOpen(); }")
            .WithReference(TestProject.Library("Checkout", "namespace Checkout; public class Order { public void Verify() { } } public static class Assert { public static void IsOpen() { } }").ToReferenceAssembly()));

    [Fact]
    public async Task MethodOfASupportLibraryIsKnownByItsNameOnly()
    {
        var support = TestProject.Library("Company.Testing", """
            namespace Company.Testing;
            public static class Orders { public static void ShouldBePaid(this int order) { } public static void Replay(this int order) { } public static void PostAndEnsurePaid(this int order) { } }
            """).WithKind("none").ToMetadata();
        const string Named = "using Company.Testing; public class OrderTests { [Fact] public void Pays() => 1.ShouldBePaid(); }";
        const string Unnamed = "using Company.Testing; public class OrderTests { [Fact] public void Pays() => 1.Replay(); }";
        await TwoEntries.PassesAsync<SCORE3002TestsAssert>(TestProject.Tests(Named).WithReference(support));
        await TwoEntries.PassesAsync<SCORE3002TestsAssert>(TestProject.Tests(Named.Replace("ShouldBePaid", "PostAndEnsurePaid", StringComparison.Ordinal)).WithReference(support));
        await RuleTest.StandsAsideAsync<SCORE3002TestsAssert>(TestProject.Tests(Unnamed).WithReference(support), "undecided", "'OrderTests.Pays' asserts nothing itself and calls 'Replay', which cannot be looked into");
        await TwoEntries.StandsAsideInTheServiceAsync<SCORE3002TestsAssert>("calls 'Replay (perhaps of Company.Testing)', which cannot be looked into", Unnamed);
    }

    [Fact]
    public Task MethodOfABaseClassThatIsNotHereIsUndecidedInTheService() => TwoEntries.StandsAsideInTheServiceAsync<SCORE3002TestsAssert>(
        "calls 'Scenario'", "public class OrderTests : CompanyTests { [Fact] public void Pays() => Scenario(); }");

    [Theory]
    [InlineData("assert(1)")]
    [InlineData("assert.Invoke(1)")]
    [InlineData("assert?.Invoke(1)")]
    public async Task DelegateThatTheTestIsGivenIsUndecided(string call)
    {
        var code = $"public class OrderTests {{ [Theory] public void Pays(Action<int> assert) => {call}; }}";

        await RuleTest.StandsAsideAsync<SCORE3002TestsAssert>(TestProject.Tests(code), "undecided", "calls 'assert'");
        await TwoEntries.StandsAsideInTheServiceAsync<SCORE3002TestsAssert>("calls 'assert'", code);
    }

    [Fact]
    public Task DelegateOfAHelperIsSeenWhereItIsWritten() => TwoEntries.FailsAsync<SCORE3002TestsAssert>(TestProject.Tests(
        "public class OrderTests { [Fact] public void [|Pays|]() => Run(i => GC.Collect(i)); static void Run(Action<int> step) => step(1); }"));

    [Fact]
    public Task OpenFindingOutweighsWhatIsUndecided() => TwoEntries.FailsAndStandsAsideAsync<SCORE3002TestsAssert>(
        "public class OrderTests : CompanyTests { [Fact] public void Pays() => Scenario(); [Fact] public void [|Nothing|]() { } }");

    [Fact]
    public Task HelperInASupportProjectCounts() => RuleTest.PassesAsync<SCORE3002TestsAssert>(
        TwoEntries.Service("using Company.Testing; public class OrderTests { [Fact] public void Pays() => 1.Replay(); }")
            .WithTest("namespace Company.Testing; static class Orders { public static void Replay(this int order) => Xunit.Assert.Equal(1, order); }", "tests/Company.Testing/Company.Testing.csproj", "Orders.cs"));

    [Fact]
    public Task TestsOfAnotherProjectAreNotTheServices() => RuleTest.PassesAsync<SCORE3002TestsAssert>(
        TwoEntries.Service("public class OrderTests { [Fact] public void Pays() => Xunit.Assert.True(true); }")
            .WithTest("public class OtherTests { [Fact] public void Nothing() { } }", "tests/Other.Tests/Other.Tests.csproj", "OtherTests.cs"));

    [Theory]
    [InlineData("#pragma warning disable SCORE3002 // later\n[Fact] public void Nothing() { }", "Pragma Directive", null)]
    [InlineData("#pragma warning disable\n[Fact] public void Nothing() { }", "Pragma Directive", null)]
    [InlineData("[SuppressMessage(\"Testing\", \"SCORE3002:Every test asserts\", Justification = \"a demonstration\"), Fact] public void Nothing() { }", "SuppressMessageAttribute", "a demonstration")]
    [InlineData("const string Why = \"a demonstration\"; [SuppressMessage(\"Testing\", \"SCORE3002\", Justification = Why), Fact] public void Nothing() { }", "SuppressMessageAttribute", "a demonstration")]
    [InlineData("[Fact] public void Nothing() { } } [SuppressMessage(\"Testing\", \"SCORE3002\")] class More { [Fact] public void Asserts() => Assert.True(true);", null, null)]
    [InlineData("#pragma warning disable SCORE3003\n[Fact] public void Nothing() { }", null, null)]
    [InlineData("#pragma warning disable SCORE3002\n#pragma warning restore SCORE3002\n[Fact] public void Nothing() { }", null, null)]
    public async Task SuppressionOfTheTestsSourceIsHonouredByTheService(string members, string? type, string? justification)
    {
        var found = Assert.Single(await RuleTest.AnalyzeAsync(TwoEntries.Service($"using System.Diagnostics.CodeAnalysis;\npublic class OrderTests {{\n{members} }}"), new SCORE3002TestsAssert()));
        Assert.Equal(type is null ? "SCORE3002" : "SCORE0002", found.Id);
        if (type is null)
            return;
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Equal(("SCORE3002", "suppressed", type, justification), (found.Properties["rule"], found.Properties["state"], found.Properties["suppression"], found.Properties["justification"]));
        Assert.StartsWith("Test 'OrderTests.Nothing' is empty", found.Properties["reason"], StringComparison.Ordinal);
        Assert.Equal("/repo/tests/Checkout.Tests/Tests0.cs", found.Location.GetLineSpan().Path);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", Scope = \"module\"", true)]
    [InlineData(", Scope = \"member\", Target = \"~M:Shop.OrderTests.Nothing\"", true)]
    [InlineData(", Scope = \"type\", Target = \"~T:Shop.OrderTests\"", true)]
    [InlineData(", Scope = \"namespaceanddescendants\", Target = \"~N:Shop\"", true)]
    [InlineData(", Scope = \"member\", Target = \"~M:Shop.OrderTests.Other\"", false)]
    public async Task SuppressionOfTheTestsAssemblyCountsForItsTarget(string target, bool suppressed)
    {
        var found = Assert.Single(await RuleTest.AnalyzeAsync(TwoEntries.Service(
            "namespace Shop; public class OrderTests { [Fact] public void Nothing() { } }",
            $"[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Testing\", \"SCORE3002\", Justification = \"a demonstration\"{target})]"), new SCORE3002TestsAssert()));
        Assert.Equal(suppressed ? "SCORE0002" : "SCORE3002", found.Id);
    }

    [Fact]
    public async Task EditorConfigOfTheServiceSwitchesTheTestsOffToo() => Assert.Empty(await RuleTest.AnalyzeAsync(
        TwoEntries.Service("public class OrderTests { [Fact] public void Nothing() { } }") with { EditorConfig = "[*.cs]\ndotnet_diagnostic.SCORE3002.severity = none\n" }, new SCORE3002TestsAssert()));

    [Fact]
    public Task OrdinaryBuildOfTheServiceIsUndecided() => RuleTest.StandsAsideAsync<SCORE3002TestsAssert>(
        TwoEntries.Service(), "undecided", "the tests' sources are given when reporting");

    [Fact]
    public Task TestProjectOfAnotherLanguageIsUndecided() => RuleTest.StandsAsideAsync<SCORE3002TestsAssert>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithFacts("test-project = tests/A/A.fsproj"), "undecided", "'tests/A/A.fsproj' is not written in C#");

    [Fact]
    public Task ServiceWithoutTestsIsJudgedByAnotherRule() => RuleTest.StandsAsideAsync<SCORE3002TestsAssert>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithFacts("format = 1"), "notApplicable", "SCORE3001");

    [Fact]
    public Task UndecidedTestProjectsAreUndecidedHere() => RuleTest.StandsAsideAsync<SCORE3002TestsAssert>(
        TestProject.Service("WebApplication.CreateBuilder(args).Build().Run();").WithFacts("test-projects-undecided = tests/A needs an evaluation"), "undecided", "tests/A needs an evaluation");

    [Fact]
    public Task LibraryDoesNotApply() => RuleTest.StandsAsideAsync<SCORE3002TestsAssert>(TestProject.Library("Orders", "class Order;"), "notApplicable", "a library");

    static TestProject WithLibraries(string code) => TestProject.Tests(code).WithReferences(TestingStub.Assertions);
}
