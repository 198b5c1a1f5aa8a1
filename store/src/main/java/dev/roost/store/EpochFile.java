package dev.roost.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps outside the databases how far each of them was: a line for each, {@code identity restores entry at hash}. */
record EpochFile(Path path) {
    private static final String HEAD =
            "# How far Roost has seen each database. Leave it out of backups, or a restored one is not noticed.";
    private static final int WORDS = 5;

    /**
     * Returns what is noted of a database.
     *
     * @throws StoreRefusedException if the file cannot be read
     */
    Optional<Newest> of(String identity) {
        try {
            return Optional.ofNullable(all().get(identity));
        } catch (IOException | RuntimeException e) {
            throw new StoreRefusedException(
                    "the file " + path
                            + ", which tells whether the database was restored from a backup, cannot be read (" + e
                            + "); make it readable for this user. If it is damaged and nothing was restored, delete it",
                    e);
        }
    }

    /** Notes that a database is so far, unless it is noted to be further; when this returns it survives loss of power. */
    void keep(String identity, Newest newest) throws IOException {
        // File locks exclude processes, not threads.
        synchronized (EpochFile.class) {
            DurableFiles.makeFolder(DurableFiles.folderOf(path));
            try (FileChannel channel = DurableFiles.openLockFile(beside(".lock"));
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                Map<String, Newest> all = all();
                if (all.merge(identity, newest, (old, now) -> old.isAtMost(now) ? now : old)
                        .equals(newest)) {
                    replace(all);
                }
            }
        }
    }

    private Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private void replace(Map<String, Newest> all) throws IOException {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        all.forEach((identity, at) -> text.append(identity)
                .append(' ')
                .append(at.restores())
                .append(' ')
                .append(at.entry())
                .append(' ')
                .append(at.at())
                .append(' ')
                .append(at.hash())
                .append('\n'));
        Path written = beside(".next");
        Files.deleteIfExists(written);
        DurableFiles.writeNew(written, text.toString().getBytes(StandardCharsets.UTF_8));
        DurableFiles.rename(written, path);
    }

    private Map<String, Newest> all() throws IOException {
        Map<String, Newest> all = new TreeMap<>();
        if (Files.exists(path)) {
            Files.readAllLines(path).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", WORDS))
                    .forEach(words -> all.put(words[0], read(words)));
        }
        return all;
    }

    private static Newest read(String[] words) {
        return new Newest(Long.parseLong(words[1]), Long.parseLong(words[2]), Instant.parse(words[3]), words[4]);
    }
}
