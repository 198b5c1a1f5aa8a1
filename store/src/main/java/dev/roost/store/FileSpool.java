package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.Rotation;
import dev.roost.core.Spool;
import dev.roost.core.StoreUnavailableException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A folder with one sealed file per answer: {@code <account id>.<generation spent>.<unique>}. A file that is being
 * written begins with a dot and does not count.
 */
final class FileSpool implements Spool {
    private static final Logger LOG = System.getLogger(FileSpool.class.getName());
    private static final String ALL = "acc_*";
    private static final String UNFINISHED = ".unfinished-";
    /** Nobody is still writing a file that was last touched longer ago. */
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private final Path folder;
    private final Keyset keyset;
    private final Once complaints = new Once();

    /** @throws StoreRefusedException if the folder cannot be made or written */
    FileSpool(Path folder, Keyset keyset) {
        this.folder = folder;
        this.keyset = keyset;
        try {
            DurableFiles.makeFolder(folder);
            Path probe = unfinished();
            DurableFiles.writeNew(probe, new byte[] {1});
            deleteAbandoned(Files.getLastModifiedTime(probe).toInstant().minus(LONGEST_WRITE));
            Files.delete(probe);
        } catch (IOException e) {
            throw new StoreRefusedException(
                    "the spool folder " + folder + " cannot be written (" + e
                            + "); make it a folder that this user may write, for answers of X rest there while the"
                            + " database is away",
                    e);
        }
    }

    @Override
    public void put(Rotation rotation) {
        Sealed secret = keyset.current()
                .seal(PairBytes.of(rotation), label(rotation.id().value(), rotation.spent()));
        Path written = unfinished();
        try {
            DurableFiles.writeNew(written, secret.bytes());
            DurableFiles.rename(
                    written, folder.resolve(rotation.id() + "." + rotation.spent() + "." + UUID.randomUUID()));
        } catch (IOException e) {
            forget(written);
            throw unavailable(e);
        }
    }

    @Override
    public boolean holds(AccountId id) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, id + ".*")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Set<AccountId> accounts() {
        return files(ALL).stream()
                .map(file -> String.valueOf(file.getFileName()).split("\\.", 2)[0])
                .filter(AccountId::isForm)
                .map(AccountId::new)
                .collect(Collectors.toSet());
    }

    @Override
    public List<Rotation> entries() {
        return files(ALL).stream()
                .flatMap(file -> read(file).stream())
                .distinct()
                .sorted(Comparator.comparing(Rotation::at).thenComparingLong(Rotation::spent))
                .toList();
    }

    @Override
    public void remove(Rotation rotation) {
        try {
            for (Path file : files(rotation.id() + "." + rotation.spent() + ".*")) {
                if (read(file).filter(rotation::equals).isPresent()) {
                    Files.deleteIfExists(file);
                }
            }
            // Not synced: what comes back after a loss of power is brought to the store again, which has it already.
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private List<Path> files(String pattern) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(found::add);
        } catch (IOException e) {
            throw unavailable(e);
        }
        return found;
    }

    private Optional<Rotation> read(Path file) {
        String[] name = String.valueOf(file.getFileName()).split("\\.", 3);
        try {
            SealLabel label = label(name[0], Long.parseLong(name.length == 3 ? name[1] : ""));
            return Optional.of(PairBytes.rotation(keyset.open(Sealed.of(Files.readAllBytes(file)), label)));
        } catch (NoSuchFileException e) {
            LOG.log(Level.DEBUG, "another process has taken {0}", file);
        } catch (IOException | SealBrokenException | IllegalArgumentException e) {
            complain(file, e);
        }
        return Optional.empty();
    }

    /** Says it once, for a file that stays is read over and over. */
    private void complain(Path file, Exception e) {
        if (complaints.isFirst(file.toString())) {
            LOG.log(
                    Level.WARNING,
                    "the spooled answer {0} cannot be opened ({1}) and stays; restore the keyset file, or delete it"
                            + " and connect its account again",
                    file,
                    e.getMessage());
        }
    }

    private static SealLabel label(String account, long spent) {
        return new SealLabel(SealLabel.Kind.ROTATION, account, spent);
    }

    private Path unfinished() {
        return folder.resolve(UNFINISHED + UUID.randomUUID());
    }

    /** Deletes what processes left that died while they wrote, judged by the clock of the file system. */
    private void deleteAbandoned(Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
            for (Path file : files) {
                if (isOlder(file, before)) {
                    forget(file);
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            LOG.log(Level.DEBUG, "another process has finished it", e);
            return false;
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "an unfinished spool file stays", e);
        }
    }

    private StoreUnavailableException unavailable(IOException cause) {
        return new StoreUnavailableException(
                "the spool folder " + folder + " does not answer (" + cause
                        + "); free space there and make it writable",
                cause);
    }
}
