using ScorecardBuildTasks.Rules.Facts;

namespace ScorecardBuildTasks.Rules.Tests.Facts;

public sealed class DockerfileTests
{
    [Theory]
    [InlineData("FROM a\nENV OTEL_SERVICE_NAME=checkout", "checkout")]
    [InlineData("FROM a\nENV OTEL_SERVICE_NAME=\"checkout api\" OTHER=1", "checkout api")]
    [InlineData("FROM a\nENV OTEL_SERVICE_NAME checkout api", "checkout api")]
    [InlineData("FROM a\nENV OTEL_SERVICE_NAME \"checkout api\"", "checkout api")]
    [InlineData("FROM a\nENV OTHER=1 \\\n    # why\n    OTEL_SERVICE_NAME=checkout", "checkout")]
    [InlineData("FROM a AS base\nENV OTEL_SERVICE_NAME=checkout\nFROM sdk AS build\nFROM base AS final\nCOPY . .", "checkout")]
    [InlineData("FROM a AS base\nENV OTEL_SERVICE_NAME=checkout\nFROM --platform=linux/amd64 base\nENV OTEL_SERVICE_NAME=other", "other")]
    [InlineData("from a\r\nenv OTEL_SERVICE_NAME=checkout\r\n", "checkout")]
    [InlineData("FROM sdk AS build\nENV OTEL_SERVICE_NAME=checkout\nFROM a", null)]
    [InlineData("FROM a\n# ENV OTEL_SERVICE_NAME=checkout", null)]
    [InlineData("FROM a\nARG OTEL_SERVICE_NAME=checkout", null)]
    [InlineData("", null)]
    public void EnvironmentIsWhatTheLastStageHas(string text, string? value) => Assert.Equal(value, Dockerfile.Parse(text)["OTEL_SERVICE_NAME"]);

    [Theory]
    [InlineData("FROM a\nENV CORECLR_ENABLE_PROFILING=1 CORECLR_PROFILER={846F5F1C-F9AE-4B07-969E-05C26BC060D8}", "CORECLR_ENABLE_PROFILING")]
    [InlineData("FROM a\nENV DD_SERVICE=checkout", "DD_SERVICE")]
    [InlineData("FROM a\nENV OTEL_DOTNET_AUTO_HOME=/otel", "OTEL_DOTNET_AUTO_HOME")]
    [InlineData("FROM a\nENTRYPOINT [\"/otel/instrument.sh\", \"dotnet\", \"Checkout.dll\"]", "instrument.sh")]
    [InlineData("FROM a\nENTRYPOINT [\"dd-trace\", \"dotnet\", \"Checkout.dll\"]", "dd-trace")]
    [InlineData("FROM a\nENV CORECLR_ENABLE_PROFILING=0", null)]
    [InlineData("FROM a\nENV OTEL_SERVICE_NAME=checkout\nENTRYPOINT [\"dotnet\", \"Checkout.dll\"]", null)]
    public void AgentIsTold(string text, string? agent) => Assert.Equal(agent, Dockerfile.Parse(text).Agent);
}
