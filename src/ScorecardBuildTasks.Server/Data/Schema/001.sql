-- Times are microseconds since 1970 in UTC; booleans are 0 or 1; folded columns repeat a text in one case for the filters,
-- since databases differ in how they fold: so one text serves every database.

CREATE TABLE scorecards (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    description TEXT NULL,
    folded_description TEXT NULL,
    created_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL
);

CREATE TABLE rules (
    id TEXT NOT NULL PRIMARY KEY,
    scorecard_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NULL,
    folded_description TEXT NULL,
    owner TEXT NULL,
    scope_query TEXT NULL,
    scope_kind TEXT NULL,
    level BIGINT NOT NULL,
    enabled BIGINT NOT NULL,
    custom BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL
);

CREATE INDEX rules_by_name ON rules (name, id);

CREATE INDEX rules_by_scorecard ON rules (scorecard_id);

CREATE TABLE outcomes (
    rule_id TEXT NOT NULL,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    remarks TEXT NULL,
    created_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    PRIMARY KEY (rule_id, entity)
);

CREATE INDEX outcomes_by_age ON outcomes (created_at, id);

CREATE INDEX outcomes_by_entity ON outcomes (entity, kind);

CREATE TABLE campaigns (
    id TEXT NOT NULL PRIMARY KEY,
    campaign_key TEXT NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    description TEXT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    start_date BIGINT NOT NULL,
    due_date BIGINT NULL,
    guidance TEXT NULL,
    entity_scope TEXT NULL,
    created_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL
);

CREATE INDEX campaigns_by_key ON campaigns (campaign_key);

CREATE TABLE campaign_rules (
    campaign_id TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, rule_id)
);

CREATE INDEX campaign_rules_by_rule ON campaign_rules (rule_id);

CREATE TABLE access_keys (
    name TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    scopes BIGINT NOT NULL
);
