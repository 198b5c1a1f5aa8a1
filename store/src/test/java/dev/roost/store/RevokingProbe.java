package dev.roost.store;

import java.nio.file.Path;
import java.time.InstantSource;

/** A process that revokes one API key. */
final class RevokingProbe {
    private RevokingProbe() {}

    /** Takes database file, keyset file and key id. */
    static void main(String[] arguments) {
        InstantSource clock = InstantSource.system();
        try (RoostStore store =
                RoostStore.open(Database.Sqlite.at(Path.of(arguments[0])), Path.of(arguments[1]), clock)) {
            if (!store.apiKeys().revoke(arguments[2], clock.instant())) {
                throw new IllegalStateException("there is no key " + arguments[2]);
            }
        }
    }
}
