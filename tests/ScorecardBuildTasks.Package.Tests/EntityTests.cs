using ScorecardBuildTasks.Evaluation;

namespace ScorecardBuildTasks.Package.Tests;

/// <summary>Where the entity comes from in a build, in the order in which the sources are asked.</summary>
public sealed class EntityTests
{
    const string LaunchSettings = "src/Checkout/Properties/launchSettings.json";

    [Fact]
    public void EntityIsThatOfTheNearestSourceInEveryBuild()
    {
        using var repository = new ServiceRepository();
        repository.Write("deploy/checkout.dockerfile", "FROM sdk AS build\nENV DD_SERVICE=checkout-build\nFROM aspnet\n# ENV DD_SERVICE=old-checkout\nENV DD_SERVICE=checkout-image\n")
            .Write(LaunchSettings, Launch("checkout-here"))
            .Change("src/Checkout/Checkout.csproj", "<Nullable>", "<DockerfileFile>../../deploy/checkout.dockerfile</DockerfileFile><Nullable>");
        File.Delete(Path.Combine(repository.Root, "src", "Checkout", "entity.datadog.yaml"));
        AssertEntity(new Entity("service:checkout-image", "DD_SERVICE in deploy/checkout.dockerfile"));

        repository.Write("deploy/checkout.dockerfile", "FROM aspnet\n# DD_SERVICE is set by the platform\n");
        AssertEntity(new Entity("service:checkout-here", $"DD_SERVICE in {LaunchSettings}"));

        repository.Write(LaunchSettings, Launch("checkout-there"));
        AssertEntity(new Entity("service:checkout-there", $"DD_SERVICE in {LaunchSettings}"));

        File.Delete(Path.Combine(repository.Root, LaunchSettings));
        AssertEntity(new Entity("service:checkout", "the assembly's name", Guessed: true));

        void AssertEntity(Entity entity)
        {
            var build = repository.Report();
            Assert.Equal(entity, repository.Outcomes.Entity);
            Assert.Contains($"(entity {(entity.Guessed ? "guessed " : "")}from {entity.Reason})", build.Output, StringComparison.Ordinal);
        }
    }

    static string Launch(string name) => $$"""{ "profiles": { "http": { "environmentVariables": { "DD_SERVICE": "{{name}}" } } } }""";
}
