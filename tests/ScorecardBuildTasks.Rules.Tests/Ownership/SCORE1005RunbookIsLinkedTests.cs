using ScorecardBuildTasks.Rules.Ownership;
using ScorecardBuildTasks.Rules.Tests.Harness;

namespace ScorecardBuildTasks.Rules.Tests.Ownership;

public sealed class SCORE1005RunbookIsLinkedTests
{
    const string Start = "[|var builder = WebApplication.CreateBuilder(args);|]\nbuilder.Build().Run();\n";
    const string Unmarked = "var builder = WebApplication.CreateBuilder(args);\nbuilder.Build().Run();\n";
    const string V2 = "schema-version: v2\ndd-service: checkout\n";
    const string V3 = "apiVersion: v3\nkind: service\nmetadata:\n  name: checkout\n";

    [Theory]
    [InlineData("schema-version: v1\ninfo: {dd-service: checkout}\nintegrations: {pagerduty: https://acme.pagerduty.com/service-directory/P1}\n")]
    [InlineData("schema-version: v1\ninfo: {dd-service: checkout}\nexternal-resources: [{name: Help, type: runbook, url: https://acme.example/r}]\n")]
    [InlineData(V2 + "integrations: {pagerduty: https://acme.pagerduty.com/service-directory/P1}\n")]
    [InlineData(V2 + "integrations: {opsgenie: {service-url: https://acme.opsgenie.com/service/1}}\n")]
    [InlineData(V2 + "links: [{name: Who, type: oncall, url: https://acme.example/r}]\n")]
    [InlineData(V2 + "docs: [{name: Our runbook, url: https://acme.example/r}]\n")]
    [InlineData("schema-version: v2.1\ndd-service: checkout\nintegrations: {pagerduty: {service-url: https://acme.pagerduty.com/service-directory/P1}}\n")]
    [InlineData("schema-version: v2.2\ndd-service: checkout\nlinks: [{name: Checkout Playbook, type: other, url: https://acme.example/r}]\n")]
    [InlineData(V3 + "integrations:\n  jiraServiceManagementOps:\n    teamURL: https://acme.atlassian.net/jira/people/team/1\n")]
    [InlineData(V3 + "  links: [{name: Help, type: Runbook, url: https://acme.example/r}]\n")]
    public Task OnCallOrRunbookOfEveryVersionPasses(string yaml) => RuleTest.PassesAsync<SCORE1005RunbookIsLinked>(Catalog(Unmarked, yaml));

    [Theory]
    [InlineData(V2)]
    [InlineData(V2 + "integrations: {pagerduty: }\n")]
    [InlineData(V2 + "integrations: {opsgenie: {}}\n")]
    [InlineData(V2 + "integrations: {sentry: {projectSlugs: [a]}}\n")]
    [InlineData(V2 + "links: [{name: Dashboard, type: dashboard, url: https://acme.example/runbook}]\n")]
    [InlineData(V3 + "  links: [{name: Runbook, type: runbook}]\n")]
    [InlineData(V3 + "  links: [{name: Runbook, type: runbook, url: TODO}]\n")]
    [InlineData(V3 + "  pagerduty: https://acme.pagerduty.com/service-directory/P1\n")]
    public Task EntryWithoutEitherFails(string yaml) => RuleTest.FailsAsync<SCORE1005RunbookIsLinked>(Catalog(Start, yaml));

    [Fact]
    public Task NoCatalogFileFails() => RuleTest.FailsAsync<SCORE1005RunbookIsLinked>(TestProject.Service(Start),
        "'Checkout' has neither an on-call integration nor a link to a runbook: there is no catalog file, neither beside it nor in a folder above it (blocks level 3 of 'Ownership & Documentation')");

    [Fact]
    public Task UnreadableCatalogIsUndecided() => RuleTest.StandsAsideAsync<SCORE1005RunbookIsLinked>(Catalog(Unmarked, "a: [\n"), "undecided", "line 1");

    static TestProject Catalog(string program, string yaml) => TestProject.Service(program).WithFile("/repo/src/entity.datadog.yaml", "catalog", yaml);
}
