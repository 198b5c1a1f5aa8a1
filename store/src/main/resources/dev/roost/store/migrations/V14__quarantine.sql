-- Pairs of a restored database whose refresh token may be spent: it is not sent. Holds for one generation, so a newer pair frees
-- the account by itself. The names differ from those of grants, so that a condition on grants can speak of both.
CREATE TABLE quarantined (
    held_account    TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    held_generation BIGINT NOT NULL
);

-- The oldest version of these tables that a program may know and still work with them, so that nodes can be upgraded one after
-- the other. A later migration that breaks older programs sets it to its own version; one that only adds leaves it alone.
INSERT INTO meta (name, value) VALUES ('readable_from', '11');

-- When accounts were last used, written once an hour at most, and only with ROOST_IDLE_AFTER.
CREATE TABLE account_uses (
    account_id TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    used_at    BIGINT NOT NULL
);
