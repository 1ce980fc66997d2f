using ScorecardBuildTasks.Catalog;

namespace ScorecardBuildTasks.Rules.Tests.Catalog;

public sealed class CatalogSchemaTests
{
    const string V1 = """
        schema-version: v1
        info:
          dd-service: checkout
          description: Takes orders
          display-name: Checkout
          service-tier: "1"
        org: {team: payments, application: shop}
        contact:
          email: payments@acme.example
          slack: https://acme.slack.com/archives/C1
        external-resources:
          - {name: Runbook, type: runbook, url: https://acme.example/r}
        tags: ["a:b"]
        integrations:
          pagerduty: https://acme.pagerduty.com/service-directory/P123
          github: https://github.com/acme/shop
        extensions: {anything: [1, 2]}

        """;

    const string V2 = """
        schema-version: v2
        dd-service: checkout
        team: Payments
        dd-team: payments
        contacts:
          - {name: On call, type: slack, contact: https://acme.slack.com/archives/C1}
          - {type: email, contact: payments@acme.example}
          - {type: microsoft-teams, contact: anything}
        links: [{name: Code, type: code, url: https://github.com/acme/shop}]
        repos: [{name: Source, provider: GitHub, url: https://github.com/acme/shop}]
        docs: [{name: Design, url: https://acme.example/d}]
        tags: []
        integrations:
          pagerduty: acme.pagerduty.com/service-directory/P123/
          opsgenie: {service-url: https://www.opsgenie.com/service/1-2, region: EU}
        extensions: {}

        """;

    const string V21 = """
        schema-version: v2.1
        dd-service: checkout
        team: payments
        application: shop
        description: Takes orders
        tier: High
        lifecycle: production
        contacts: [{type: slack, contact: https://acme.slack.com/archives/C1}]
        links: [{name: Help, type: other, url: https://acme.example/h, provider: Confluence}]
        tags: [a]
        integrations:
          pagerduty: {service-url: https://acme.pagerduty.com/service-directory/P123}

        """;

    const string V22 = """
        schema-version: v2.2
        dd-service: checkout
        team: payments
        type: web
        languages: [dotnet]
        ci-pipeline-fingerprints: [j88xdEy0J5lc]
        contacts:
          - {type: email, contact: payments@acme.example}
          - {type: chat, contact: https://chat.acme.example/c}
        links: [{name: Help, type: anything, url: https://acme.example/h}]

        """;

    const string V3 = """
        apiVersion: v3
        kind: service
        metadata:
          name: checkout
          id: 4b163705-23c0-4573-b2fb-f6cea2163fcb
          inheritFrom: system:shop
          managed: {anything: 1}
          owner: payments
          additionalOwners: [{name: shop, type: Operator}]
          description: ""
          displayName: Checkout
          tags: ["a:b"]
          contacts:
            - {name: On call, type: slack, contact: "#payments"}
            - {type: email, contact: payments@acme.example}
          links: [{name: Help, type: anything, url: https://acme.example/h, provider: Confluence}]
        spec:
          lifecycle: production
          tier: "1"
          type: web
          languages: [dotnet]
          dependsOn: ["queue:orders"]
          componentOf: ["system:shop"]
        integrations:
          pagerduty: {serviceURL: anything}
          opsgenie: {serviceURL: anything, region: EU}
          jiraServiceManagementOps: {teamURL: anything}
          sentry: {projectSlugs: [shop]}
          terraform: {workspaceIds: [ws-a1]}
        datadog:
          pipelines: {fingerprints: [a]}
          events: [{name: deployments, query: "service:checkout"}]
          logs: [{name: errors, query: "status:error"}]
          performanceData: {tags: ["service:checkout"]}
          codeLocations: [{repositoryURL: https://github.com/acme/shop.git, paths: [src/**]}]
        extensions: {anything: {at: [all]}}

        """;

    public static TheoryData<string> Whole => [V1, V2, V21, V22, V3, "info: {dd-service: checkout}"];

    [Theory, MemberData(nameof(Whole))]
    public void EveryKeyOfAVersionIsKnown(string yaml) => Assert.Empty(Mistakes(yaml));

    [Theory, MemberData(nameof(Whole))]
    public void KeyThatIsNoneIsFound(string yaml) => Assert.Contains("'unknown' is no key of this version", Assert.Single(Mistakes(yaml + "\nunknown: 1\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData("queue", "spec: {type: kafka, dependsOn: [a], dependencyOf: [b], componentOf: [c], tier: High, lifecycle: production}")]
    [InlineData("datastore", "spec: {type: redis, dependencyOf: [b]}")]
    [InlineData("system", "spec: {components: [a], componentOf: [b], type: internal}")]
    [InlineData("application", "spec: {components: [a], tier: High, lifecycle: production}")]
    [InlineData("repository", "spec: {dependencyOf: [a], dependsOn: [b]}")]
    [InlineData("api", "spec: {type: openapi, implementedBy: [a], interface: {fileRef: https://acme.example/o.yaml}}")]
    [InlineData("api", "spec: {interface: {definition: {openapi: 3.1.0}}}")]
    [InlineData("batch-job2", "spec: {dependencyOf: [a], type: nightly}")]
    [InlineData("service", "")]
    public void EveryKindHasItsOwnSpec(string kind, string spec) => Assert.Empty(Mistakes($"apiVersion: v3\nkind: {kind}\nmetadata: {{name: a}}\n{spec}\n"));

    [Theory]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {}", "(3,11): 'name' is missing in 'metadata'")]
    [InlineData("apiVersion: v3\nkind: service", "(1,1): 'metadata' is missing")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: checkout", "(3,11): 'metadata' is no mapping of keys to values")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata:", "(3,10): 'metadata' is empty")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: }", "(3,16): 'metadata.name' is empty")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: ''}", "(3,18): 'metadata.name' is empty")]
    [InlineData("apiVersion: v3\nkind: Service\nmetadata: {name: a}", "(2,7): 'kind' is 'Service', which is no kind, which is written in small letters and hyphens")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata:\n  name: a\n  dd-team: b", "(5,3): 'metadata.dd-team' is no key of this version")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a}\nspec: {components: [a]}", "(4,8): 'spec.components' is no key of this version")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a}\nspec:\n  tier: 1", "(5,9): 'spec.tier' is 1, which is no text without quotes")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a}\nspec:\n  languages: dotnet", "(5,14): 'spec.languages' is no list")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a}\nspec:\n  languages:\n  - dotnet\n  - {a: b}", "(7,5): 'spec.languages[1]' is a mapping where a text belongs")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a}\nintegrations: {sentry: {projectSlugs: []}}", "(4,39): 'integrations.sentry.projectSlugs' is empty")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a}\nintegrations: {terraform: {workspaceIds: [a]}}", "(4,43): 'integrations.terraform.workspaceIds[0]' is 'a', which is no id of a workspace (ws-…)")]
    [InlineData("apiVersion: v3\nkind: api\nmetadata: {name: a}\nspec: {interface: {}}", "(4,19): 'spec.interface' has either 'fileRef' or 'definition'")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a, links: [{name: b, type: doc, url: docs/b.md}]}", "(3,55): 'metadata.links[0].url' is 'docs/b.md', which is no complete address (https://…)")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a, contacts: [{type: email, contact: payments}]}", "(3,55): 'metadata.contacts[0].contact' is 'payments', which is no mail address")]
    [InlineData("apiVersion: v3\nkind: service\nmetadata: {name: a, contacts: [{name: b, type: email, contact: a@b}]}", "(3,39): 'metadata.contacts[0].name' is 'b', which is too short")]
    [InlineData("schema-version: v2.2\nteam: a", "(1,1): 'dd-service' is missing")]
    [InlineData("schema-version: v2.2\ndd-service: a\ntype: api", "(3,7): 'type' is 'api', which is none of web, db, cache, function, browser, mobile, custom")]
    [InlineData("schema-version: v2.2\ndd-service: a\ncontacts: [{type: slack, contact: payments}]", "(3,35): 'contacts[0].contact' is 'payments', which is no complete address (https://…)")]
    [InlineData("schema-version: v2.2\ndd-service: a\nintegrations: {pagerduty: https://acme.pagerduty.com/service-directory/P1}", "(3,27): 'integrations.pagerduty' is no mapping of keys to values")]
    [InlineData("schema-version: v2.2\ndd-service: a\nrepos: []", "(3,1): 'repos' is no key of this version")]
    [InlineData("schema-version: v2.1\ndd-service: a\nlinks: [{name: b, type: wiki, url: https://b.example}]", "(3,25): 'links[0].type' is 'wiki', which is none of doc, runbook, repo, dashboard, other")]
    [InlineData("schema-version: v2.1\ndd-service: a\ntype: web", "(3,1): 'type' is no key of this version")]
    [InlineData("schema-version: v2\ndd-service: a\ntier: High", "(3,1): 'tier' is no key of this version")]
    [InlineData("schema-version: v2\ndd-service: a\ncontacts: [{type: slack, contact: acme.slack.com}]", "(3,35): 'contacts[0].contact' is 'acme.slack.com', which is no address that starts with https://")]
    [InlineData("schema-version: v2\ndd-service: a\nintegrations: {opsgenie: {region: EU}}", "(3,26): 'service-url' is missing in 'integrations.opsgenie'")]
    [InlineData("schema-version: v2\ndd-service: a\nintegrations: {pagerduty: https://acme.example/P1}", "(3,27): 'integrations.pagerduty' is 'https://acme.example/P1', which is no address of a service in PagerDuty's directory")]
    [InlineData("schema-version: v1\ninfo: {description: b}", "(2,7): 'dd-service' is missing in 'info'")]
    [InlineData("schema-version: v2.3\ndd-service: a", "(1,17): 'v2.3' is no version; there are v2, v2.1, v2.2 and v3")]
    [InlineData("schema-version: 2\ndd-service: a", "(1,17): '2' is no version; there are v2, v2.1, v2.2 and v3")]
    [InlineData("# ours\nowner: payments", "(2,1): no version is said; v3 says it in 'apiVersion', those before in 'schema-version'")]
    [InlineData("just text", "(1,1): no version is said; v3 says it in 'apiVersion', those before in 'schema-version'")]
    public void MistakeIsSaidWithItsPlace(string yaml, string mistake) => Assert.Equal(mistake, Assert.Single(Mistakes(yaml)));

    [Theory]
    [InlineData("apiVersion: v2.2\ndd-service: a")]
    [InlineData("schema-version: v3\nkind: service\nmetadata: {name: a}")]
    public void VersionUnderTheKeyOfAnotherIsNotValid(string yaml) => Assert.Equal(2, Mistakes(yaml).Count);

    [Theory]
    [InlineData("apiVersion: v4\nanything: 1")]
    [InlineData("apiVersion: v3.1\nanything: 1")]
    [InlineData("apiVersion: backstage.io/v1alpha1\nkind: Component")]
    public void LaterVersionIsNotJudged(string yaml)
    {
        Assert.True(Assert.Single(CatalogFile.Parse(yaml).Documents).IsForeign);
        Assert.Empty(Mistakes(yaml));
    }

    [Fact]
    public void MistakesAreInTheOrderOfTheFile() => Assert.Equal(
        ["(1,1): 'dd-service' is missing", "(2,1): 'b' is no key of this version", "(3,7): 'tier' is 1, which is no text without quotes"],
        Mistakes("schema-version: v2.1\nb: 1\ntier: 1"));

    static IReadOnlyList<string> Mistakes(string yaml)
    {
        var file = CatalogFile.Parse(yaml);
        Assert.Empty(file.Errors.Select(e => e.ToString()));
        return [.. CatalogSchema.MistakesIn(Assert.Single(file.Documents)).Select(m => m.ToString())];
    }
}
