-- Pairs of a restored database whose refresh token may be spent: it is not sent. Holds for one generation, so a newer pair frees
-- the account by itself. The names differ from those of grants, so that a condition on grants can speak of both.
CREATE TABLE quarantined (
    held_account    TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    held_generation BIGINT NOT NULL
);
