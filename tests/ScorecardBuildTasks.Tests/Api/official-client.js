// Drives every operation of the server at the first address, and retries at the second one, with the vendor's own client.
const { client, v2 } = require("@datadog/datadog-api-client");
const assert = require("node:assert");

const [url, limitedUrl] = process.argv.slice(2);

function connect(address) {
  const configuration = client.createConfiguration({
    baseServer: new client.BaseServerConfiguration(address, {}),
    authMethods: { apiKeyAuth: "a", appKeyAuth: "b" },
    enableRetry: true,
  });
  configuration.unstableOperations["v2.createScorecardOutcomesBatch"] = true;
  return new v2.ScorecardsApi(configuration);
}

const api = connect(url);
const owner = "550e8400-e29b-41d4-a716-446655440000";
let done = 0;

async function operation(name, run) {
  const result = await run();
  done++;
  console.log(`ok ${name}`);
  return result;
}

async function all(pages) {
  const items = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
}

async function refused(code, call) {
  await assert.rejects(call, (error) => error.code === code);
}

function ruleBody(attributes) {
  return { body: { data: { type: "rule", attributes } } };
}

function campaignBody(attributes) {
  return { data: { type: "campaign", attributes: { key: "q1", name: "Q1", ownerId: owner, startDate: new Date("2026-01-01T00:00:00Z"), ...attributes } } };
}

async function main() {
  const rule = await operation("CreateScorecardRule", async () => {
    const created = (await api.createScorecardRule(ruleBody({ name: "Owner is named", scorecardName: "Ownership", level: 1, enabled: true, scopeQuery: "kind:service" }))).data;
    assert.equal(created.attributes.level, 1);
    assert.ok(created.attributes.createdAt instanceof Date);
    await refused(400, api.createScorecardRule(ruleBody({ name: "A", scorecardName: "S", level: 3, description: "x", owner: "y", enabled: true, additionalProperties: { scorecard_id: "nope" } })));
    return created;
  });
  for (const name of ["B", "C", "D", "E"]) {
    await api.createScorecardRule(ruleBody({ name, scorecardName: "Other" }));
  }

  await operation("UpdateScorecardRule", async () => {
    const updated = (await api.updateScorecardRule({ ruleId: rule.id, ...ruleBody({ name: "Owner is named", scorecardName: "Ownership", owner: "platform" }) })).data;
    assert.equal(updated.attributes.owner, "platform");
    assert.equal(updated.attributes.level, 3);
    assert.equal(updated.attributes.scopeQuery, undefined);
    await refused(404, api.updateScorecardRule({ ruleId: "nope", ...ruleBody({ name: "A", scorecardName: "S" }) }));
  });

  await operation("ListScorecardRules", async () => {
    const names = (await all(api.listScorecardRulesWithPagination({ pageSize: 2 }))).map((item) => item.attributes.name);
    assert.deepEqual(names, ["B", "C", "D", "E", "Owner is named"]);
    const one = await api.listScorecardRules({ filterRuleId: rule.id, include: "scorecard", fieldsRule: "name" });
    assert.equal(one.data.length, 1);
    assert.ok(one.links.next);
  });

  await operation("UpdateScorecardOutcomes", async () => {
    const results = ["a", "b", "c"].map((name) => ({ ruleId: rule.id, entityReference: `service:${name}`, state: "pass", remarks: "see" }));
    await api.updateScorecardOutcomes({ body: { data: { type: "batched-outcome", attributes: { results } } } });
    await refused(409, api.updateScorecardOutcomes({ body: { data: { attributes: { results: [{ ...results[0], ruleId: "nope" }] } } } }));
  });

  await operation("CreateScorecardOutcomesBatch", async () => {
    const results = [{ ruleId: rule.id, serviceName: "d", state: "fail" }];
    const answer = await api.createScorecardOutcomesBatch({ body: { data: { type: "batched-outcome", attributes: { results } } } });
    assert.equal(answer.meta.totalReceived, 1);
    assert.equal(answer.meta.totalUpdated, 1);
    assert.equal(answer.data[0].attributes.serviceName, "d");
  });

  await operation("ListScorecardOutcomes", async () => {
    const states = (await all(api.listScorecardOutcomesWithPagination({ pageSize: 3 }))).map((item) => `${item.attributes.serviceName} ${item.attributes.state}`);
    assert.deepEqual(states.sort(), ["a pass", "b pass", "c pass", "d fail"]);
    const failed = await api.listScorecardOutcomes({ filterOutcomeState: "fail", include: "rule" });
    assert.equal(failed.included[0].attributes.scorecardName, "Ownership");
  });

  await operation("ListScorecards", async () => {
    const scorecards = await api.listScorecards({ filterScorecardName: "own" });
    assert.deepEqual(scorecards.data.map((item) => item.attributes.name), ["Ownership"]);
    assert.ok(scorecards.data[0].attributes.createdAt instanceof Date);
  });

  await operation("ListScorecardScores", async () => {
    for (const aggregation of ["by-entity", "by-rule", "by-scorecard", "by-team", "by-kind"]) {
      const scores = await api.listScorecardScores({ aggregation, sort: "-score", pageLimit: 10 });
      assert.equal(scores.meta.count, scores.data.length);
    }
    const byRule = await api.listScorecardScores({ aggregation: "by-rule", filterRuleId: rule.id });
    assert.equal(byRule.data[0].attributes.score, 0.75);
    await refused(400, api.listScorecardScores({ aggregation: "by-rule", sort: "colour" }));
  });

  const campaign = await operation("CreateScorecardCampaign", async () => {
    const created = (await api.createScorecardCampaign({ body: campaignBody({ ruleIds: [rule.id], status: "not_started" }) })).data;
    assert.equal(created.attributes.owner, owner);
    assert.equal(created.attributes.status, "not_started");
    await refused(400, api.createScorecardCampaign({ body: campaignBody({ key: "q2", ruleIds: ["nope"] }) }));
    return created;
  });

  await operation("ListScorecardCampaigns", async () => {
    const campaigns = await api.listScorecardCampaigns({ filterCampaignName: "q1", filterCampaignOwner: owner, pageLimit: 5 });
    assert.equal(campaigns.meta.total, 1);
    assert.equal(campaigns.meta.limit, 5);
    assert.equal(campaigns.data[0].id, campaign.id);
  });

  await operation("GetScorecardCampaign", async () => {
    for (const campaignId of [campaign.id, "q1"]) {
      const found = (await api.getScorecardCampaign({ campaignId, include: "scores", includeMeta: true })).data;
      assert.equal(found.attributes.key, "q1");
    }
    await refused(404, api.getScorecardCampaign({ campaignId: "nope" }));
  });

  await operation("UpdateScorecardCampaign", async () => {
    const updated = (await api.updateScorecardCampaign({ campaignId: "q1", body: campaignBody({ name: "Q1, done", status: "as good as done", ruleIds: [] }) })).data;
    assert.equal(updated.attributes.status, "as good as done");
  });

  await operation("DeleteScorecardCampaign", async () => {
    await api.deleteScorecardCampaign({ campaignId: "q1" });
    await refused(404, api.deleteScorecardCampaign({ campaignId: campaign.id }));
  });

  await operation("DeleteScorecardRule", async () => {
    await api.deleteScorecardRule({ ruleId: rule.id });
    await refused(404, api.deleteScorecardRule({ ruleId: rule.id }));
  });

  const limited = connect(limitedUrl);
  for (let i = 0; i < 5; i++) {
    await limited.listScorecards();
  }
  console.log("ok retries of 429");
  console.log(`operations ${done} of 14 by the official client`);
}

main().catch((error) => {
  console.error(error.body ?? error);
  process.exitCode = 1;
});
