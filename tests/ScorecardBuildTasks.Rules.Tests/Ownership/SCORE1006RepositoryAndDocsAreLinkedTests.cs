using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1006RepositoryAndDocsAreLinkedTests
{
    const string Start = "[|var builder = WebApplication.CreateBuilder(args);|]\nbuilder.Build().Run();\n";
    const string Unmarked = "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().Run();\n";
    const string V3 = "apiVersion: v3\nkind: service\nmetadata:\n  name: checkout\n";
    const string Repository = "{name: Source, type: repo, url: https://github.com/acme/shop}";
    const string Doc = "{name: Operations, type: doc, url: https://docs.acme.example}";

    [Theory]
    [InlineData("schema-version: v1\ninfo: {dd-service: checkout}\nintegrations: {github: https://github.com/acme/shop}\nexternal-resources: [{name: Help, type: wiki, url: https://acme.example/w}]\n")]
    [InlineData("schema-version: v2\ndd-service: checkout\nrepos: [{name: Source, url: https://github.com/acme/shop}]\ndocs: [{name: Design, url: https://acme.example/d}]\n")]
    [InlineData("schema-version: v2\ndd-service: checkout\nlinks: [{name: Source, type: code, url: https://github.com/acme/shop}, {name: Help, type: wiki, url: https://acme.example/w}]\n")]
    [InlineData("schema-version: v2.1\ndd-service: checkout\nlinks: [" + Repository + ", " + Doc + "]\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\nlinks: [" + Repository + ", {name: Help, type: Documentation, url: https://acme.example/w}]\n")]
    [InlineData(V3 + "  links: [" + Doc + "]\ndatadog:\n  codeLocations:\n  - repositoryURL: https://github.com/acme/shop.git\n")]
    public Task BothOfEveryVersionPass(string yaml) => RuleTest.PassesAsync<SCORE1006RepositoryAndDocsAreLinked>(Catalog(Unmarked, yaml));

    [Theory]
    [InlineData(V3, "links neither a repository nor documentation")]
    [InlineData(V3 + "  links: [" + Repository + "]\n", "links no documentation")]
    [InlineData(V3 + "  links: [" + Doc + "]\n", "links no repository")]
    [InlineData(V3 + "  links: [" + Doc + ", {name: Source, type: repo, url: }]\n", "links no repository")]
    [InlineData(V3 + "  links: [" + Doc + ", {name: Source, type: repo, url: https://github. com/acme/shop}]\n", "links no repository")]
    [InlineData(V3 + "  links: [" + Repository + ", {name: Runbook, type: doc, url: https://acme.example/r}]\n", "links no documentation")]
    [InlineData(V3 + "  links: [" + Repository + ", {name: Docs, type: dashboard, url: https://acme.example/r}]\n", "links no documentation")]
    [InlineData(V3 + "  links: [" + Doc + "]\ndatadog:\n  codeLocations:\n  - paths: [src/**]\n", "links no repository")]
    public Task WhatIsMissingIsNamed(string yaml, string lack) => RuleTest.FailsAsync<SCORE1006RepositoryAndDocsAreLinked>(
        Catalog(Start, yaml), $"'checkout' {lack} in entity.datadog.yaml, line 1 (blocks level 3 of 'Ownership & Documentation')");

    [Fact]
    public Task NoCatalogFileFails() => RuleTest.FailsAsync<SCORE1006RepositoryAndDocsAreLinked>(TestProject.Service(Start));

    [Fact]
    public Task UnreadableCatalogIsUndecided() => RuleTest.StandsAsideAsync<SCORE1006RepositoryAndDocsAreLinked>(Catalog(Unmarked, "a: [\n"), "undecided", "line 1");

    static TestProject Catalog(string program, string yaml) => TestProject.Service(program).WithFile("/repo/src/entity.datadog.yaml", "catalog", yaml);
}
