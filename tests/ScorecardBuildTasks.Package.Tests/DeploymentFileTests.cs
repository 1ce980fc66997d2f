using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>The files that a service is deployed with reach the rules, and a change of them changes the outcome.</summary>
public sealed class DeploymentFileTests
{
    const string Program = "src/Checkout/Program.cs";
    const string Dockerfile = "src/Checkout/Dockerfile";
    const string Settings = "src/Checkout/appsettings.json";

    [Fact]
    public void DockerfileAndSettingsDecide()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, "WebApplication.CreateBuilder(args).Build().Run();\n");
        Assert.Equal(0, repository.Report().ExitCode);
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE2001"));
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE2003"));

        repository.Write(Dockerfile, "FROM runtime\nENV CORECLR_ENABLE_PROFILING=1\n");
        repository.Write(Settings, """{ "Logging": { "Console": { "FormatterName": "json", "FormatterOptions": { "IncludeScopes": true } } } }""");
        Assert.Equal(0, repository.Report().ExitCode);
        Assert.Equal(OutcomeState.Skip, repository.StateOf("SCORE2001"));
        Assert.Equal(OutcomeState.Pass, repository.StateOf("SCORE2003"));

        repository.Change(Dockerfile, "=1", "=0").Change(Settings, "true", "false");
        Assert.Equal(0, repository.Report().ExitCode);
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE2001"));
        Assert.Equal(OutcomeState.Fail, repository.StateOf("SCORE2003"));
    }

    [Fact]
    public void DockerfileNamedByTheProjectDecides()
    {
        using var repository = new ServiceRepository();
        repository.Write(Program, "WebApplication.CreateBuilder(args).Build().Run();\n");
        repository.Write("deploy/checkout.Dockerfile", "FROM runtime\nENV DD_SERVICE=checkout\n");
        Assert.Equal(0, repository.Report("-p:DockerfileFile=../../deploy/checkout.Dockerfile").ExitCode);
        Assert.Equal(OutcomeState.Skip, repository.StateOf("SCORE2001"));
    }
}
