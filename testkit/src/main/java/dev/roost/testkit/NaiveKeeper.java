package dev.roost.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Keeps tokens as most programs do: it refreshes when somebody asks and the token is nearly over, and writes what X answered
 * over what was there. No lease, no journal, no spool. It is what Roost is held against, and loses grants; never use it. Safe
 * for many threads in so far as that can be said of it.
 */
public final class NaiveKeeper {
    /** Begins what is thrown when X's answer came and could not be kept. */
    public static final String DROPPED = "X's answer could not be written";

    private static final Pattern MEMBER =
            Pattern.compile("\"(access_token|refresh_token|expires_in)\"\\s*:\\s*\"?([^\",}]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final DataSource database;
    private final URI x;
    private final String clientId;
    private final InstantSource clock;
    private final Duration margin;

    /**
     * Makes one for a public client.
     *
     * @param margin with less than this left a token is refreshed
     */
    public NaiveKeeper(DataSource database, URI x, String clientId, InstantSource clock, Duration margin) {
        this.database = database;
        this.x = x;
        this.clientId = clientId;
        this.clock = clock;
        this.margin = margin;
    }

    /**
     * What is kept of an account.
     *
     * @param access the access token
     * @param refresh the refresh token
     * @param expiresAt when the access token ends
     */
    public record Row(String access, String refresh, Instant expiresAt) {
        @Override
        public String toString() {
            return "Row[***, expiresAt=" + expiresAt + "]";
        }
    }

    /** Makes the table. */
    public void prepare() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE naive (id VARCHAR(40) PRIMARY KEY, access VARCHAR(200) NOT NULL,"
                    + " refresh VARCHAR(200) NOT NULL, expires_at BIGINT NOT NULL)");
        }
    }

    /** Adds an account. */
    public void add(String id, Row row) throws SQLException {
        change("INSERT INTO naive (access, refresh, expires_at, id) VALUES (?, ?, ?, ?)", id, row);
    }

    /** Returns the access token, refreshed if it is nearly over. */
    public String token(String id) throws SQLException, IOException, InterruptedException {
        Row row = row(id);
        if (row.expiresAt().isAfter(clock.instant().plus(margin))) {
            return row.access();
        }
        Row next = refreshed(row);
        try {
            change("UPDATE naive SET access = ?, refresh = ?, expires_at = ? WHERE id = ?", id, next);
        } catch (SQLException e) {
            throw new SQLException(DROPPED + ": " + e.getMessage(), e);
        }
        return next.access();
    }

    /**
     * Returns what is kept.
     *
     * @throws IllegalArgumentException if there is no such account
     */
    public Row row(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT access, refresh, expires_at FROM naive WHERE id = ?")) {
            query.setString(1, id);
            try (ResultSet found = query.executeQuery()) {
                if (!found.next()) {
                    throw new IllegalArgumentException("there is no account " + id + "; add it first");
                }
                return new Row(found.getString(1), found.getString(2), Instant.ofEpochMilli(found.getLong(3)));
            }
        }
    }

    private void change(String sql, String id, Row row) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, row.access());
            update.setString(2, row.refresh());
            update.setLong(3, row.expiresAt().toEpochMilli());
            update.setString(4, id);
            update.executeUpdate();
        }
    }

    private Row refreshed(Row row) throws IOException, InterruptedException {
        String body =
                "grant_type=refresh_token&client_id=" + encode(clientId) + "&refresh_token=" + encode(row.refresh());
        HttpRequest request = HttpRequest.newBuilder(x.resolve("/2/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        Map<String, String> members = new HashMap<>();
        Matcher each = MEMBER.matcher(answer.body());
        while (each.find()) {
            members.put(each.group(1), each.group(2));
        }
        String access = members.get("access_token");
        String seconds = members.get("expires_in");
        if (answer.statusCode() != 200 || access == null || seconds == null) {
            throw new IOException("X answered the refresh with status " + answer.statusCode());
        }
        Instant expiresAt = clock.instant().plusSeconds(Long.parseLong(seconds));
        return new Row(access, members.getOrDefault("refresh_token", row.refresh()), expiresAt);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
