-- Apps that X rejects; no row while X accepts one. All times but rejected_at are by the lease clock.
CREATE TABLE app_states (
    client_id   TEXT    NOT NULL PRIMARY KEY,
    rejected_at BIGINT  NOT NULL,
    -- Who learnt it first.
    node        TEXT    NOT NULL,
    -- What X said: status of HTTP, and the two fields of OAuth.
    status      INTEGER NOT NULL,
    error       TEXT    NOT NULL,
    description TEXT    NOT NULL,
    -- From the last probe to the next, in milliseconds.
    pause       BIGINT  NOT NULL,
    probe_at    BIGINT  NOT NULL,
    -- Who probes just now, and until when nobody else may.
    probe_owner TEXT,
    probe_until BIGINT
);
