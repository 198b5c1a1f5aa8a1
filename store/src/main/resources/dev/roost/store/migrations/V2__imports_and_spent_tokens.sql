-- When X issued the pair of the newest sign-in; null where that was connected_at.
ALTER TABLE accounts ADD COLUMN issued_at BIGINT;

-- Stands for the refresh token that was spent to bring about what the entry tells of.
ALTER TABLE events ADD COLUMN spent_fingerprint TEXT;
CREATE INDEX events_spent ON events (spent_fingerprint) WHERE spent_fingerprint IS NOT NULL;

-- Stands for the token that an import spends; null for other sign-ins.
ALTER TABLE sign_ins ADD COLUMN import_fingerprint TEXT;
-- Stands for the refresh token of the pair that is kept, so that only that pair is admitted.
ALTER TABLE sign_ins ADD COLUMN pair_fingerprint TEXT;
-- When X issued the pair.
ALTER TABLE sign_ins ADD COLUMN pair_at BIGINT;
UPDATE sign_ins SET pair_at = created_at WHERE pair_sealed IS NOT NULL;
CREATE INDEX sign_ins_imports ON sign_ins (client_id, import_fingerprint) WHERE import_fingerprint IS NOT NULL;
-- One import at a time may spend a token.
CREATE UNIQUE INDEX sign_ins_importing ON sign_ins (client_id, import_fingerprint)
    WHERE import_fingerprint IS NOT NULL AND status = 'exchanging';
