package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysetTest {
    @TempDir
    Path folder;

    private Path keyset;
    private Path database;

    @BeforeEach
    void name() {
        keyset = folder.resolve("keyset.json");
        database = folder.resolve("data").resolve("roost.db");
    }

    @Test
    void firstStartMakesBothFilesForTheirOwnerOnly() throws IOException {
        open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database.resolveSibling(""))))
                .startsWith("rwx------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsOnly(keyset, database.getParent());
        }
    }

    @Test
    void nextStartUsesTheSameKeys() throws IOException {
        open();
        String before = Files.readString(keyset);
        open();
        assertThat(Files.readString(keyset)).isEqualTo(before);
    }

    @Test
    void wrongKeysetIsRefused() throws IOException {
        open();
        Files.delete(keyset);
        new KeysetFile(keyset).createIfAbsent();
        refuses("is not the one that SQLite file " + database, "restore the right keyset file");
    }

    @Test
    void missingKeysetIsRefusedAndNotMadeAnew() throws IOException {
        open();
        Files.delete(keyset);
        refuses("there is no file " + keyset, "restore it from a backup");
        assertThat(keyset).doesNotExist();
    }

    @Test
    void damagedKeysetIsRefusedWithoutQuotingIt() throws IOException {
        open();
        String json = Files.readString(keyset);
        Files.writeString(keyset, json.substring(0, json.length() / 2));
        refuses(keyset + " is damaged", "Restore it from a backup");
        assertThatThrownBy(this::open).hasMessageNotContaining(json.substring(60, 80));
        Files.writeString(keyset, "{}");
        refuses(keyset + " is damaged");
        Files.writeString(keyset, "");
        refuses(keyset + " is damaged");
        Files.writeString(keyset, json.replace("\"format\":1", "\"format\":9"));
        refuses("format 9 is not known");
    }

    @Test
    void keysetThatOthersMayReadIsRefused() throws IOException {
        open();
        Files.setPosixFilePermissions(keyset, PosixFilePermissions.fromString("rw-r--r--"));
        refuses("may be read by others", "chmod 600 " + keyset);
        Files.setPosixFilePermissions(keyset, PosixFilePermissions.fromString("rw--w----"));
        refuses("chmod 600 " + keyset);
    }

    @Test
    void keysetThatIsAFolderIsRefused() throws IOException {
        Files.createDirectory(
                keyset, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        refuses("cannot be read");
    }

    @Test
    void processesThatStartAtOnceAgreeOnOneKeyset() throws InterruptedException, ExecutionException {
        List<Callable<String>> starts = Stream.generate(() -> (Callable<String>) () -> {
                    new KeysetFile(keyset).createIfAbsent();
                    return Files.readString(keyset);
                })
                .limit(8)
                .toList();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            String first = "";
            for (Future<String> start : pool.invokeAll(starts)) {
                first = first.isEmpty() ? start.get() : first;
                assertThat(start.get()).isEqualTo(first);
            }
        }
    }

    @Test
    void replacedKeysetDoesNotStopARunningProcess() throws IOException {
        new KeysetFile(keyset).createIfAbsent();
        Keyset running = new Keyset(new KeysetFile(keyset));
        long before = running.current().primaryId();
        Files.delete(keyset);
        assertThat(running.current().primaryId()).isEqualTo(before);
        new KeysetFile(keyset).createIfAbsent();
        assertThat(running.current().primaryId()).isEqualTo(before);
    }

    @Test
    void runningProcessFollowsARotation() throws IOException, SealBrokenException {
        KeysetFile file = new KeysetFile(keyset);
        file.createIfAbsent();
        Keyset running = new Keyset(file);
        SealLabel label = new SealLabel(SealLabel.Kind.VERIFIER, "con_1", 0);
        Sealed old = running.current().seal(new byte[] {1}, label);
        Keys rotated = running.current().withNewPrimary();
        file.replace(rotated);
        assertThat(running.open(rotated.seal(new byte[] {2}, label), label)).containsExactly(2);
        assertThat(running.open(old, label)).containsExactly(1);
        assertThat(running.current().primaryId()).isEqualTo(rotated.primaryId());
        assertThat(running.fingerprint("state", "x")).isEqualTo(rotated.fingerprint("state", "x"));
    }

    private void open() {
        RoostStore.open(Database.Sqlite.at(database), keyset, new ManualClock()).close();
    }

    private void refuses(String... parts) {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining(keyset.toString())
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }
}
