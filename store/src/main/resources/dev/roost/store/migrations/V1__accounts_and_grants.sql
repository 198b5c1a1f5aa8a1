-- Times are milliseconds since 1970-01-01T00:00Z. Secrets are sealed; key_id names the key they are sealed with.

-- Facts about accounts. No secrets, nothing that changes with a refresh.
CREATE TABLE accounts (
    id           TEXT   NOT NULL PRIMARY KEY,
    client_id    TEXT   NOT NULL,
    x_user_id    TEXT   NOT NULL,
    username     TEXT   NOT NULL,
    connected_at BIGINT NOT NULL,
    UNIQUE (client_id, x_user_id)
);
CREATE INDEX accounts_page ON accounts (client_id, id);
CREATE INDEX accounts_username ON accounts (client_id, lower(username));

-- One row per account: its pair, and who may spend it.
CREATE TABLE grants (
    account_id          TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    client_id           TEXT   NOT NULL,
    generation          BIGINT NOT NULL,
    -- 'active' covers uncertain accounts: those have sends that no live lease explains.
    state               TEXT   NOT NULL CHECK (state IN ('active', 'needs_reauthorization', 'disconnected')),
    state_since         BIGINT NOT NULL,
    scopes              TEXT   NOT NULL,
    access_sealed       ${bytes},
    refresh_sealed      ${bytes},
    key_id              BIGINT,
    refresh_fingerprint TEXT,
    access_expires_at   BIGINT NOT NULL,
    rotated_at          BIGINT NOT NULL,
    -- Null when there is nothing to refresh.
    due_at              BIGINT,
    -- The lease: measured by the store's clock. The fence only ever grows.
    lease_owner         TEXT,
    lease_purpose       TEXT CHECK (lease_purpose IN ('REFRESH', 'DISCONNECT')),
    lease_until         BIGINT,
    fence               BIGINT NOT NULL DEFAULT 0,
    -- The intent: how often this generation was noted as about to be sent, and the first of those.
    sends               INTEGER NOT NULL DEFAULT 0 CHECK (sends >= 0),
    first_sent_at       BIGINT,
    first_node          TEXT,
    -- Why the grant is gone, in state needs_reauthorization.
    loss_cause          TEXT CHECK (loss_cause IN ('answer_lost', 'refused_by_x')),
    loss_sent_at        BIGINT,
    loss_node           TEXT
);
CREATE INDEX grants_due ON grants (client_id, due_at, account_id) WHERE due_at IS NOT NULL;
CREATE INDEX grants_fingerprint ON grants (refresh_fingerprint) WHERE refresh_fingerprint IS NOT NULL;
CREATE INDEX grants_key ON grants (key_id) WHERE key_id IS NOT NULL;

-- The journal. Rows are only ever added.
CREATE TABLE events (
    id         ${identity},
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    at         BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    generation BIGINT NOT NULL,
    node       TEXT   NOT NULL,
    detail     TEXT   NOT NULL
);
CREATE INDEX events_of_account ON events (account_id, id);

-- Sign-ins that wait for a person, or for X to say whose the new pair is.
CREATE TABLE sign_ins (
    id                TEXT   NOT NULL PRIMARY KEY,
    client_id         TEXT   NOT NULL,
    state_fingerprint TEXT   NOT NULL UNIQUE,
    redirect_uri      TEXT   NOT NULL,
    scopes            TEXT   NOT NULL,
    expected_user     TEXT,
    created_at        BIGINT NOT NULL,
    expires_at        BIGINT NOT NULL,
    status            TEXT   NOT NULL,
    account_id        TEXT,
    fail_code         TEXT,
    fail_message      TEXT,
    verifier_sealed   ${bytes},
    pair_sealed       ${bytes},
    key_id            BIGINT
);
CREATE INDEX sign_ins_unidentified ON sign_ins (client_id, created_at) WHERE pair_sealed IS NOT NULL;
CREATE INDEX sign_ins_key ON sign_ins (key_id) WHERE key_id IS NOT NULL;

-- Names and values about this database.
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
