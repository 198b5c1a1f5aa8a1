-- For lists of accounts: each order has an index for each state, so that a page costs the same however many there are.

-- Copies from accounts: the username in small letters, and when a person last signed in, as minus milliseconds.
ALTER TABLE grants ADD COLUMN name_key TEXT ${bytewise} NOT NULL DEFAULT '';
ALTER TABLE grants ADD COLUMN newness BIGINT NOT NULL DEFAULT 0;
UPDATE grants SET
    name_key = (SELECT lower(a.username) FROM accounts a WHERE a.id = grants.account_id),
    newness = (SELECT -a.connected_at FROM accounts a WHERE a.id = grants.account_id);

-- 0 needs a person, 1 has a send without an answer that nobody waits for, 2 active, 3 disconnected. A refresh under way
-- changes neither column; of accounts with 2, those whose lease ended unexplained are uncertain too (grants_under_way).
ALTER TABLE grants ADD COLUMN standing SMALLINT GENERATED ALWAYS AS (
    CASE WHEN state = 'needs_reauthorization' THEN 0
        WHEN state = 'disconnected' THEN 3
        WHEN sends > 0 AND lease_owner IS NULL THEN 1
        ELSE 2 END) ${generated};
ALTER TABLE grants ADD COLUMN since BIGINT GENERATED ALWAYS AS (
    CASE WHEN sends > 0 AND lease_owner IS NULL THEN first_sent_at ELSE state_since END) ${generated};

CREATE INDEX grants_by_name ON grants (client_id, standing, name_key, account_id);
CREATE INDEX grants_by_since ON grants (client_id, standing, since, account_id, name_key);
CREATE INDEX grants_by_due ON grants (client_id, standing, due_at, account_id, name_key);
CREATE INDEX grants_by_expiry ON grants (client_id, standing, access_expires_at, account_id, name_key);
CREATE INDEX grants_by_newness ON grants (client_id, standing, newness, account_id, name_key);
CREATE INDEX grants_under_way ON grants (client_id, lease_owner) WHERE sends > 0 AND lease_owner IS NOT NULL;

-- What was done with one account. That somebody looked at it is noted too, and left out here.
CREATE INDEX audit_of_account ON audit (account_id, id) WHERE account_id IS NOT NULL
    AND operation NOT LIKE 'dashboard.%' AND operation <> 'accounts.read' AND operation <> 'mcp.accounts.read' AND operation <> 'accounts.events';
