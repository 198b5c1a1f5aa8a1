-- Posts that were about to be sent, under the names that programs gave them; kept for a week.
CREATE TABLE post_attempts (
    caller     TEXT   NOT NULL,
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    attempt    TEXT   NOT NULL,
    digest     TEXT   NOT NULL,
    sent_at    BIGINT NOT NULL,
    -- X's id of the post; null while it is not known to be published.
    tweet_id   TEXT,
    PRIMARY KEY (caller, account_id, attempt)
);
CREATE INDEX post_attempts_age ON post_attempts (sent_at);
