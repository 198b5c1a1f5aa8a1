package dev.roost.cli.wiring;

import dev.roost.cli.settings.Settings;
import dev.roost.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two processes of one machine keep the accounts of the same app in the same database. */
final class StoreIdentity {
    private static final int SHOWN = 12;

    private StoreIdentity() {}

    /** Returns 24 hexadecimal digits; nothing can be read out of them. */
    static String of(Settings settings) {
        String place =
                switch (settings.database()) {
                    case Database.Sqlite sqlite -> real(sqlite.file());
                    case Database.Postgres postgres -> postgres.label();
                };
        String text = "roost store\n" + place + "\n" + settings.requireApp().clientId();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static String real(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize().toString();
        }
    }
}
