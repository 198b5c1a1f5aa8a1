-- Keys to the HTTP API. Of a key's secret there is only the SHA-256: it has 256 random bits, which nobody can guess.
CREATE TABLE api_keys (
    id                  TEXT    NOT NULL PRIMARY KEY,
    name                TEXT    NOT NULL,
    -- Separated by spaces.
    scopes              TEXT    NOT NULL,
    -- Ids separated by spaces; null where the key is good for all accounts.
    accounts            TEXT,
    -- 0 where there is no limit.
    requests_per_minute INTEGER NOT NULL CHECK (requests_per_minute >= 0),
    digest              ${bytes} NOT NULL,
    created_at          BIGINT  NOT NULL,
    revoked_at          BIGINT
);

-- Who asked for what. Rows are only ever added; each stands for a number of equal calls within about a second.
CREATE TABLE audit (
    id         ${identity},
    first_at   BIGINT NOT NULL,
    last_at    BIGINT NOT NULL,
    api_key    TEXT   NOT NULL,
    account_id TEXT,
    operation  TEXT   NOT NULL,
    outcome    TEXT   NOT NULL,
    calls      BIGINT NOT NULL CHECK (calls > 0)
);
