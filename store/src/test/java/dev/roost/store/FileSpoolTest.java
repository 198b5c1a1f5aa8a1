package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccountId;
import dev.roost.core.Rotation;
import dev.roost.core.Spool;
import dev.roost.core.StoreUnavailableException;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import dev.roost.testkit.SpoolContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSpoolTest extends SpoolContract {
    @TempDir
    Path folder;

    private Spool spool;

    @Override
    protected Spool spool() {
        return spool;
    }

    @Override
    @BeforeEach
    protected void reopen() {
        KeysetFile file = new KeysetFile(folder.resolve("keyset.json"));
        if (!file.exists()) {
            file.createIfAbsent();
        }
        spool = new FileSpool(folder.resolve("spool"), new Keyset(file));
    }

    @Test
    void folderAndFilesAreForTheirOwnerOnly() throws IOException {
        Rotation rotation = rotation();
        spool.put(rotation);
        assertThat(permissions(folder.resolve("spool"))).isEqualTo("rwx------");
        Path file = onlyFile();
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(file.getFileName().toString()).startsWith(rotation.id() + ".5.");
    }

    @Test
    void whatCannotBeOpenedStaysAndDoesNotHideTheRest() throws IOException {
        spool.put(rotation());
        Path broken = onlyFile();
        byte[] content = Files.readAllBytes(broken);
        content[content.length - 1] ^= 1;
        Files.write(broken, content);
        Files.writeString(folder.resolve("spool").resolve("acc_nonsense"), "");
        Files.writeString(folder.resolve("spool").resolve(".unfinished-1"), "half");
        Rotation whole = rotation();
        spool.put(whole);
        assertThat(spool.entries()).containsExactly(whole);
        assertThat(broken).exists();
    }

    @Test
    void whatCannotBeOpenedIsComplainedOfOnce() throws IOException {
        Path broken = Files.writeString(folder.resolve("spool").resolve(Sample.accountId() + ".5.x"), "nothing sealed");
        try (Logged logged = new Logged(FileSpool.class)) {
            for (int i = 0; i < 3; i++) {
                assertThat(spool.entries()).isEmpty();
            }
            assertThat(logged.messages()).singleElement().asString().contains(broken.toString());
        }
    }

    @Test
    void whatADeadProcessWasWritingIsDeletedAnHourLater() throws IOException {
        Path old = Files.writeString(folder.resolve("spool").resolve(".unfinished-old"), "half");
        Path young = Files.writeString(folder.resolve("spool").resolve(".unfinished-young"), "half");
        Path answer = Files.writeString(folder.resolve("spool").resolve(Sample.accountId() + ".5.x"), "whole");
        for (Path file : new Path[] {old, answer}) {
            age(file, Duration.ofMinutes(61));
        }
        age(young, Duration.ofMinutes(59));
        reopen();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(answer).exists();
    }

    private static void age(Path file, Duration by) throws IOException {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        Files.setLastModifiedTime(file, FileTime.from(written.minus(by)));
    }

    @Test
    void answerRenamedToAnotherAccountDoesNotOpen() throws IOException {
        Rotation rotation = rotation();
        spool.put(rotation);
        AccountId other = Sample.accountId();
        Files.move(onlyFile(), folder.resolve("spool").resolve(other + ".5.x"));
        assertThat(spool.entries()).isEmpty();
        assertThat(spool.holds(other)).isTrue();
    }

    @Test
    void unwritableFolderIsRefusedAtTheStart() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        Keyset keyset = new Keyset(new KeysetFile(folder.resolve("keyset.json")));
        for (Path place : new Path[] {file, file.resolve("below"), Path.of("/proc/roost-spool")}) {
            assertThatThrownBy(() -> new FileSpool(place, keyset))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining(place.toString())
                    .hasMessageContaining("make it a folder that this user may write");
        }
    }

    @Test
    void vanishedFolderMakesPutFail() throws IOException {
        Files.delete(folder.resolve("spool"));
        assertThatThrownBy(() -> spool.put(rotation()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(folder.resolve("spool").toString());
    }

    private static Rotation rotation() {
        return Sample.rotation(Sample.accountId(), 5, ManualClock.START, Sample.node("node"));
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
