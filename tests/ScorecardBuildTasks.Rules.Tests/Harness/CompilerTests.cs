using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ScorecardBuildTasks.Rules.Tests.Harness;

/// <summary>The tests run on the compiler that their project names, and not on one that a dependency brought.</summary>
public sealed class CompilerTests
{
    [Fact]
    public void RunsOnTheCompilerThatTheProjectNames()
    {
        var named = typeof(CompilerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Compiler").Value;
        Assert.All(new[] { typeof(CSharpCompilation), typeof(Compilation) }, t => Assert.StartsWith(named + "-", t.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, StringComparison.Ordinal));
    }
}
