using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ScorecardBuildTasks.Rules.Testing;

/// <summary>Tells the assemblies whose methods may assert from those that hold what is tested: an order's own <c>Verify</c> asserts nothing.</summary>
static class AssertionAssembly
{
    static readonly ConditionalWeakTable<IAssemblySymbol, StrongBox<bool>> Known = new();

    static readonly string[] Libraries =
    [
        "xunit", "nunit", "MSTest", "Microsoft.VisualStudio.TestPlatform", "Microsoft.VisualStudio.QualityTools", "TUnit", "Shouldly", "FluentAssertions", "AwesomeAssertions", "Verify", "NSubstitute",
        "Moq", "FakeItEasy", "Telerik.JustMock", "Bunit", "NFluent", "Snapshooter", "ApprovalTests", "Meziantou.Framework.InlineSnapshotTesting", "ArchUnitNET", "Alba", "FsCheck", "CsCheck",
    ];

    /// <summary>Assert too, and are referenced by code that is no test's.</summary>
    static readonly string[] LibrariesOfProduction = ["FluentValidation", "Microsoft.Playwright", "RichardSzalay.MockHttp", "WireMock"];

    /// <summary>Of platforms and libraries that test hosts and doubles come from; none of them asserts.</summary>
    static readonly string[] Others = ["Microsoft.", "System.", "mscorlib", "netstandard", "Testcontainers", "Aspire.", "Azure.", "AutoFixture", "Bogus", "MassTransit", "NServiceBus", "Respawn", "Spectre."];

    /// <summary>Methods with an assertion's name do assert when they come from here.</summary>
    public static bool MayAssert(IAssemblySymbol assembly) => IsLibrary(assembly.Name) || IsForTests(assembly);

    /// <summary>Made for tests and nothing else is known of it: a method of any name may assert.</summary>
    public static bool IsForTests(IAssemblySymbol assembly) => Known.GetValue(assembly, static a => new StrongBox<bool>(Decide(a))).Value;

    static bool Decide(IAssemblySymbol assembly)
    {
        var name = assembly.Name;
        if (IsLibrary(name) || IsAmong(Others, name))
            return false;
        return name.Split('.').SelectMany(AssertionName.WordsOf).Any(word => word is "Test" or "Tests" or "Testing" or "Specs" || word.StartsWith("Assert", StringComparison.Ordinal))
            || assembly.Modules.First().ReferencedAssemblies.Any(r => IsAmong(Libraries, r.Name));
    }

    static bool IsLibrary(string name) => IsAmong(Libraries, name) || IsAmong(LibrariesOfProduction, name);

    static bool IsAmong(string[] names, string name) =>
        Array.Exists(names, n => name.StartsWith(n, StringComparison.OrdinalIgnoreCase) && (name.Length == n.Length || n[n.Length - 1] == '.' || name[n.Length] == '.'));
}
