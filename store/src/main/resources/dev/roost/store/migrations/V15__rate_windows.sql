-- What X said of windows of which little or nothing is left, for all processes of an app. A row lives as long as its window.
CREATE TABLE rate_windows (
    client_id      TEXT   NOT NULL,
    -- Method and path template.
    route          TEXT   NOT NULL,
    -- Empty for all accounts of the app together.
    account_id     TEXT   NOT NULL,
    -- quarter_hour, user_day, app_day; pause for a rest of all refreshes, whose allowed is its length in seconds.
    span           TEXT   NOT NULL,
    allowed        BIGINT NOT NULL,
    remaining      BIGINT NOT NULL,
    -- Milliseconds since 1970.
    resets_at      BIGINT NOT NULL,
    believed_until BIGINT NOT NULL,
    PRIMARY KEY (client_id, route, account_id, span)
);
CREATE INDEX rate_windows_live ON rate_windows (client_id, resets_at);
