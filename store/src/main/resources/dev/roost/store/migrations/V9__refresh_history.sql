-- How refreshes went, a row for five minutes; all processes add to the same rows.
CREATE TABLE refresh_history (
    client_id     TEXT   NOT NULL,
    -- Milliseconds since 1970, on the grid of five minutes.
    began_at      BIGINT NOT NULL,
    rotated       BIGINT NOT NULL,
    grant_refused BIGINT NOT NULL,
    app_rejected  BIGINT NOT NULL,
    throttled     BIGINT NOT NULL,
    not_sent      BIGINT NOT NULL,
    unknown       BIGINT NOT NULL,
    lost          BIGINT NOT NULL,
    -- How many took how long: the classes of RefreshHistory.BOUNDS, and one for what took longer.
    took_0        BIGINT NOT NULL,
    took_1        BIGINT NOT NULL,
    took_2        BIGINT NOT NULL,
    took_3        BIGINT NOT NULL,
    took_4        BIGINT NOT NULL,
    took_5        BIGINT NOT NULL,
    took_6        BIGINT NOT NULL,
    took_7        BIGINT NOT NULL,
    took_8        BIGINT NOT NULL,
    took_9        BIGINT NOT NULL,
    took_10       BIGINT NOT NULL,
    PRIMARY KEY (client_id, began_at)
);
CREATE INDEX refresh_history_age ON refresh_history (began_at);
