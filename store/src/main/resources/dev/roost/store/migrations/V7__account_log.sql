-- The place of an entry in the log of its account: 1, 2, 3 … in the chain; 0, -1, -2 … backwards from there for entries that
-- stood before it. Null only where a process of an earlier version wrote after this migration.
ALTER TABLE events ADD COLUMN sequence BIGINT;
-- HMAC-SHA-256, in hexadecimal digits, over the hash before it and all that the entry says; null where it is not in the chain.
ALTER TABLE events ADD COLUMN hash TEXT;
-- What X was asked and how it answered; null where it was not asked or is not known.
ALTER TABLE events ADD COLUMN verdict TEXT;
ALTER TABLE events ADD COLUMN took_ms BIGINT;
ALTER TABLE events ADD COLUMN status INTEGER;
ALTER TABLE events ADD COLUMN error TEXT;
-- Stands for the refresh token that was sent, spent or not.
ALTER TABLE events ADD COLUMN sent_fingerprint TEXT;
-- Why the grant is gone, as in grants.
ALTER TABLE events ADD COLUMN loss_cause TEXT;
ALTER TABLE events ADD COLUMN loss_sent_at BIGINT;
ALTER TABLE events ADD COLUMN loss_node TEXT;

UPDATE events SET sequence = placed.place
FROM (SELECT id, 1 - row_number() OVER (PARTITION BY account_id ORDER BY id DESC) AS place FROM events) AS placed
WHERE placed.id = events.id;
DROP INDEX events_of_account;
CREATE UNIQUE INDEX events_place ON events (account_id, sequence);

-- The newest entry of each chain. Whoever appends changes this row first, and so appends in turn.
CREATE TABLE event_heads (
    account_id TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    sequence   BIGINT NOT NULL,
    hash       TEXT   NOT NULL
);

-- Where a chain begins after its oldest entries were deleted: the last of them. The seal proves that Roost wrote the row.
CREATE TABLE event_bases (
    account_id TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    sequence   BIGINT NOT NULL,
    hash       TEXT   NOT NULL,
    seal       TEXT   NOT NULL
);

-- The spent refresh tokens of deleted entries, for imports.
CREATE TABLE spent_tokens (
    fingerprint TEXT   NOT NULL,
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    generation  BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (fingerprint, account_id, generation)
);
CREATE INDEX spent_tokens_age ON spent_tokens (at);

-- For deleting by age.
CREATE INDEX audit_age ON audit (last_at);
CREATE INDEX sign_ins_age ON sign_ins (created_at);
