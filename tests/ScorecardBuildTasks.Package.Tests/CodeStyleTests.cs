using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>Code style by csc: an option that says none or silent keeps its rule from running, though the id has a severity.</summary>
public sealed class CodeStyleTests
{
    const string Id = "dotnet_diagnostic.IDE0011.severity = warning";
    const string Category = "dotnet_analyzer_diagnostic.category-Style.severity = warning";

    [Fact]
    public void OptionThatKeepsItsRuleFromRunningIsNoPass()
    {
        using var repository = new ServiceRepository();
        repository.Change("src/Checkout/Checkout.csproj", "<Nullable>", "<EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><Nullable>")
            .Write("src/Checkout/Order.cs", "static class Order { public static int Sum(int a) { if (a > 1) return a; return 0; } }\n")
            .Write("scorecard.json", """
                {
                  "rules": {
                    "braces": { "name": "Blocks have braces", "diagnostics": ["IDE0011"] },
                    "must": { "name": "The rule on braces stays on", "diagnostics": ["IDE0011"], "whenOff": "fail" }
                  }
                }
                """);
        repository.DotNet("restore", "src/Checkout/Checkout.csproj");

        Builds($"csharp_prefer_braces = true\n{Id}", OutcomeState.Fail, "1 finding");
        Builds($"csharp_prefer_braces = true:silent\n{Id}", OutcomeState.Skip, "switched off by csharp_prefer_braces in src/Checkout/.editorconfig(2) (Order.cs, Program.cs)");
        Assert.Equal(OutcomeState.Fail, repository.StateOf("must"));
        Builds($"csharp_prefer_braces = true:none\n{Category}", OutcomeState.Skip, "switched off by csharp_prefer_braces in src/Checkout/.editorconfig(2) (Order.cs, Program.cs)");
        Builds($"{Id}\n[Order.cs]\ncsharp_prefer_braces = true:none", OutcomeState.Skip, "switched off by csharp_prefer_braces in src/Checkout/.editorconfig(4) (Order.cs)");
        // Below 9 the severity of the id counts, and silent is nothing.
        Builds($"csharp_prefer_braces = true:silent\n{Id}", OutcomeState.Fail, "1 finding", "-p:AnalysisLevelStyle=8.0");

        void Builds(string settings, OutcomeState state, string reason, params string[] properties)
        {
            repository.Write("src/Checkout/.editorconfig", $"[*.cs]\n{settings}\n").Report(["--no-restore", .. properties]);
            var outcome = repository.Outcomes.Outcomes.Single(outcome => outcome.Key == "braces");
            Assert.Equal((state, reason), (outcome.State, outcome.Reason));
        }
    }
}
