using ScorecardBuildTasks.Evaluation;
using ScorecardBuildTasks.Tests.Facts;

namespace ScorecardBuildTasks.Tests.Evaluation;

public sealed class EntityResolverTests : IDisposable
{
    const string Catalog = "src/Shop/entity.datadog.yaml";

    readonly TemporaryFolder folder = new TemporaryFolder().With("src/Shop/Shop.csproj");
    readonly List<BuildMessage> messages = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PropertyWins()
    {
        folder.With(Catalog, "apiVersion: v3\nkind: service\nmetadata:\n  name: from-catalog\n");
        Assert.Equal(new Entity("service:shop", "the property ScorecardEntity"), Resolve(property: "shop", configuration: new() { Entities = new Dictionary<string, string> { ["src"] = "service:other" } }));
    }

    [Fact]
    public void NearestFolderOfTheConfigurationWins()
    {
        var entities = new Dictionary<string, string> { ["src"] = "service:all", ["src/Shop"] = "service:shop", ["src/Sho"] = "service:look-alike" };
        Assert.Equal(new Entity("service:shop", "scorecard.json"), Resolve(configuration: new() { Entities = entities }));
    }

    /// <summary>As a catalog file may write it.</summary>
    [Theory]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("./src/Shop")]
    [InlineData("./src/./Shop/Shop.csproj")]
    [InlineData(".\\src\\Shop\\")]
    [InlineData("/src")]
    public void FolderOfTheConfigurationMayBeWrittenFromTheRootOn(string path)
    {
        var entities = new Dictionary<string, string> { [path] = "service:shop", ["./src/Sho"] = "service:look-alike" };
        Assert.Equal(new Entity("service:shop", "scorecard.json"), Resolve(configuration: new() { Entities = entities }));
    }

    [Fact]
    public void RootOfTheConfigurationIsTheFarthest()
    {
        var entities = new Dictionary<string, string> { ["."] = "service:all", ["./src/Shop"] = "service:shop" };
        Assert.Equal(new Entity("service:shop", "scorecard.json"), Resolve(configuration: new() { Entities = entities }));
    }

    [Theory]
    [InlineData("apiVersion: v3\nkind: service\nmetadata:\n  name: shop\n  owner: team\n", "service:shop")]
    [InlineData("apiVersion: v3\nkind: queue\nmetadata:\n  name: orders\n", "queue:orders")]
    [InlineData("schema-version: v2.2\ndd-service: shop\nteam: t\n", "service:shop")]
    [InlineData("apiVersion: v3\nkind: system\nmetadata:\n  name: all\n---\napiVersion: v3\nkind: service\nmetadata:\n  name: shop\n", "service:shop")]
    public void CatalogFileNamesTheEntity(string text, string reference)
    {
        folder.With(Catalog, text);
        Assert.Equal(new Entity(reference, Catalog), Resolve());
    }

    [Fact]
    public void OfSeveralDocumentsTheOneWhoseCodeLocationFitsIsMeant()
    {
        folder.With("entity.datadog.yaml", """
            apiVersion: v3
            kind: service
            metadata:
              name: other
            datadog:
              codeLocations:
                - repositoryURL: https://github.com/acme/shop
                  paths: ["src/Other/**"]
            ---
            apiVersion: v3
            kind: service
            metadata:
              name: shop
            datadog:
              codeLocations:
                - repositoryURL: https://github.com/acme/shop
                  paths: ["src/Shop/**"]
            """);
        Assert.Equal("service:shop", Resolve("entity.datadog.yaml").Reference);
    }

    [Theory]
    [InlineData("**", "src/Shop/**", "service:second")]
    [InlineData("src/Shop/**", "src/**", "service:first")]
    [InlineData("src/*", "src/Shop", "service:second")]
    [InlineData("./src/Shop", "src/Sh*", "service:first")]
    [InlineData("src/Shop", "src/Shop/Shop.csproj", "service:second")]
    [InlineData("src/Shop/**\", \"lib/**", "src/**\", \"lib/Shop/Other/**", "service:first")]
    public void OfSeveralCodeLocationsThatFitTheNearestIsMeant(string first, string second, string reference)
    {
        folder.With("entity.datadog.yaml", $"{Located("service", "first", first)}---\n{Located("service", "second", second)}");
        Assert.Equal(reference, Resolve("entity.datadog.yaml").Reference);
    }

    /// <summary>No document of a place that several share is anybody's for being the first.</summary>
    [Theory]
    [InlineData("service", "other", "service", "shop-api", "service:shop-api")]
    [InlineData("service", "other", "service", "one", "service:shop.api")]
    [InlineData("queue", "orders", "service", "checkout", "service:checkout")]
    public void OfSeveralInOnePlaceTheServiceOfTheProjectsNameIsMeant(string kind, string name, string otherKind, string otherName, string reference)
    {
        folder.With("entity.datadog.yaml", $"{Located(kind, name, "src/**")}---\n{Located(otherKind, otherName, "src")}");
        Assert.Equal(reference, Resolve("entity.datadog.yaml").Reference);
    }

    [Theory]
    [InlineData("shop-api", "other", "service:shop-api")]
    [InlineData("shop", "other", "service:shop")]
    [InlineData("one", "other", "service:shop.api")]
    public void OfSeveralServicesWithoutAPlaceTheOneOfTheProjectsNameIsMeant(string first, string second, string reference)
    {
        folder.With("entity.datadog.yaml", $"apiVersion: v3\nkind: service\nmetadata:\n  name: {second}\n---\napiVersion: v3\nkind: service\nmetadata:\n  name: {first}\n");
        Assert.Equal(reference, Resolve("entity.datadog.yaml").Reference);
    }

    [Fact]
    public void DocumentThatSaysToLiveElsewhereIsNotMeant()
    {
        folder.With("entity.datadog.yaml", "apiVersion: v3\nkind: service\nmetadata:\n  name: other\ndatadog:\n  codeLocations:\n    - repositoryURL: https://github.com/acme/shop\n      paths: [\"src/Other/**\"]\n");
        Assert.True(Resolve("entity.datadog.yaml").Guessed);
    }

    [Theory]
    [InlineData("FROM sdk\nENV DD_SERVICE=shop OTHER=1\n", "service:shop", "DD_SERVICE in src/Shop/Dockerfile")]
    [InlineData("FROM sdk\nENV OTEL_SERVICE_NAME \"shop\"\n", "service:shop", "OTEL_SERVICE_NAME in src/Shop/Dockerfile")]
    [InlineData("FROM sdk\nENV DD_SERVICE=${NAME}\n", "service:shop.api", "the assembly's name")]
    [InlineData("FROM sdk\n# DD_SERVICE is set by the platform\n# ENV DD_SERVICE=old-shop\n", "service:shop.api", "the assembly's name")]
    [InlineData("FROM sdk\nENV DD_SERVICE=shop\nRUN echo DD_SERVICE=other\n", "service:shop", "DD_SERVICE in src/Shop/Dockerfile")]
    [InlineData("FROM sdk AS tests\nENV DD_SERVICE=shop-tests\nFROM aspnet\n", "service:shop.api", "the assembly's name")]
    public void DockerfileTellsTheTracersName(string text, string reference, string reason)
    {
        folder.With("src/Shop/Dockerfile", text);
        var entity = Resolve();
        Assert.Equal((reference, reason), (entity.Reference, entity.Reason));
    }

    [Fact]
    public void LaunchSettingsTellTheTracersName()
    {
        folder.With("src/Shop/Properties/launchSettings.json", """{ "profiles": { "http": { "environmentVariables": { "DD_SERVICE": "shop", } } } }""");
        Assert.Equal(new Entity("service:shop", "DD_SERVICE in src/Shop/Properties/launchSettings.json"), Resolve());
    }

    [Theory]
    [InlineData("\uFEFF{ \"profiles\": { \"http\": { \"environmentVariables\": { \"DD_SERVICE\": \"shop\" } } } }")]
    [InlineData("{ \"profiles\": { \"http\": { \"environmentVariables\": { \"X\": \"1\", \"X\": \"2\", \"DD_SERVICE\": \"old\", \"DD_SERVICE\": \"shop\" } } } }")]
    public void LaunchSettingsAreReadAsTheIdeReadsThem(string text)
    {
        folder.With("src/Shop/Properties/launchSettings.json", text);
        Assert.Equal("service:shop", Resolve().Reference);
    }

    [Fact]
    public void AssemblyNameIsAGuess()
    {
        Assert.Equal(new Entity("service:shop.api", "the assembly's name", Guessed: true), Resolve());
        Assert.Empty(messages);
    }

    [Fact]
    public void MalformedCatalogFileIsNamedWithItsLine()
    {
        folder.With(Catalog, "apiVersion: v3\nmetadata:\n\tname: shop\n");
        Assert.True(Resolve().Guessed);
        var message = Assert.Single(messages);
        Assert.Equal((BuildMessage.CatalogFileIsUnreadable, folder[Catalog], 3), (message.Code, message.File, message.Line));
    }

    static string Located(string kind, string name, string paths) =>
        $"apiVersion: v3\nkind: {kind}\nmetadata:\n  name: {name}\ndatadog:\n  codeLocations:\n    - repositoryURL: https://github.com/acme/shop\n      paths: [\"{paths}\"]\n";

    Entity Resolve(string? catalog = null, string? property = null, ScorecardConfiguration? configuration = null)
    {
        var path = folder[catalog ?? Catalog];
        return EntityResolver.Resolve(
            new EntitySources(property, configuration ?? ScorecardConfiguration.Default, folder["src/Shop"], folder["src/Shop/Shop.csproj"], folder.Root, File.Exists(path) ? path : null, "Shop.Api") { Dockerfile = folder["src/Shop/Dockerfile"] }, messages);
    }
}
