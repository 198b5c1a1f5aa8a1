-- Where alerts are sent. Address and secrets are sealed.
CREATE TABLE webhooks (
    id                TEXT     NOT NULL PRIMARY KEY,
    -- Scheme, host and port of the address.
    target            TEXT     NOT NULL,
    url_sealed        ${bytes} NOT NULL,
    -- Words separated by spaces; empty for all.
    types             TEXT     NOT NULL,
    format            TEXT     NOT NULL CHECK (format IN ('standard', 'slack')),
    description       TEXT     NOT NULL,
    created_at        BIGINT   NOT NULL,
    -- Counts the secrets; the one before is sealed with the number before.
    secret_number     BIGINT   NOT NULL,
    secret_sealed     ${bytes} NOT NULL,
    old_secret_sealed ${bytes},
    old_secret_until  BIGINT,
    key_id            BIGINT   NOT NULL,
    failures          INTEGER  NOT NULL DEFAULT 0,
    failing_since     BIGINT,
    last_success_at   BIGINT,
    last_failure_at   BIGINT,
    last_error        TEXT,
    disabled_at       BIGINT,
    disabled_why      TEXT
);
CREATE INDEX webhooks_key ON webhooks (key_id);

-- The outbox: a row for each alert and webhook, until it has arrived.
CREATE TABLE deliveries (
    id          ${identity},
    -- No foreign key: a webhook that is deleted meanwhile must not stop what its row is written with.
    webhook_id  TEXT    NOT NULL,
    alert_id    TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    -- What it is about, an account or an app: deliveries about one keep their order. Empty for a test.
    subject     TEXT    NOT NULL,
    client_id   TEXT    NOT NULL,
    account_id  TEXT,
    username    TEXT,
    generation  BIGINT,
    node        TEXT    NOT NULL,
    cause       TEXT,
    detail      TEXT    NOT NULL,
    -- Earlier alerts that this one ends: type and id with a space between, one a line.
    ends        TEXT    NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- By the lease clock; 0 for at once.
    due_at      BIGINT  NOT NULL,
    lease_owner TEXT,
    lease_until BIGINT,
    -- Null while it waits.
    dead_at     BIGINT,
    last_error  TEXT
);
CREATE INDEX deliveries_due ON deliveries (webhook_id, due_at) WHERE dead_at IS NULL;
CREATE INDEX deliveries_order ON deliveries (webhook_id, subject, id) WHERE dead_at IS NULL;
CREATE INDEX deliveries_dead ON deliveries (dead_at) WHERE dead_at IS NOT NULL;

-- What goes on that is worth an alert. Told once raised_at is set, over once clear_since is.
CREATE TABLE open_alerts (
    subject     TEXT   NOT NULL,
    type        TEXT   NOT NULL,
    client_id   TEXT   NOT NULL,
    since       BIGINT NOT NULL,
    -- When a process last said so; for what no row of the store tells.
    seen_at     BIGINT NOT NULL,
    raised_at   BIGINT,
    clear_since BIGINT,
    alert_id    TEXT   NOT NULL,
    generation  BIGINT NOT NULL,
    node        TEXT   NOT NULL,
    cause       TEXT,
    detail      TEXT   NOT NULL,
    PRIMARY KEY (subject, type)
);
CREATE INDEX open_alerts_app ON open_alerts (client_id, type);

-- Refreshes that failed in a row: how many, and since when.
ALTER TABLE grants ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grants ADD COLUMN failing_since BIGINT;
CREATE INDEX grants_failing ON grants (client_id, failing_since) WHERE failing_since IS NOT NULL;
