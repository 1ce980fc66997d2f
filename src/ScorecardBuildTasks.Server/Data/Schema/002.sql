-- What a page is filtered by comes first, then the order of the page: so the first page costs the same, however many outcomes there are.

CREATE INDEX outcomes_by_state ON outcomes (state, created_at, id);

CREATE INDEX outcomes_by_rule ON outcomes (rule_id, created_at, id);
