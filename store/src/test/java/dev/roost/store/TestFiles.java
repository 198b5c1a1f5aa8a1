package dev.roost.store;

import dev.roost.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at, and tampers with, what a store left on disk. */
final class TestFiles {
    private TestFiles() {}

    /** Runs one statement on a SQLite file behind the store's back. */
    static int tamper(Path database, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the first column of the first row. */
    static String ask(Path database, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns all bytes of all files in and below a folder, as Latin-1 text so that nothing is lost. */
    static String everything(Path folder, List<String> exceptNames) {
        try (Stream<Path> files = Files.walk(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!exceptNames.contains(String.valueOf(file.getFileName()))) {
                    all.append(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .append('\n');
                }
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the forms in which a secret could show: raw, its beginning, Base64 at each offset, URL-encoded, hex. */
    static List<String> formsOf(Secret secret) {
        String raw = secret.expose();
        List<String> forms = new ArrayList<>(List.of(
                raw,
                raw.substring(0, 8),
                java.net.URLEncoder.encode(raw, StandardCharsets.UTF_8),
                java.util.HexFormat.of().formatHex(raw.getBytes(StandardCharsets.UTF_8))));
        for (int offset = 0; offset < 3; offset++) {
            byte[] rest = raw.substring(offset).getBytes(StandardCharsets.UTF_8);
            String base64 = java.util.Base64.getEncoder().withoutPadding().encodeToString(rest);
            forms.add(base64.substring(0, base64.length() - 4));
            String url = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(rest);
            forms.add(url.substring(0, url.length() - 4));
        }
        return forms;
    }
}
