package dev.roost.store;

import dev.roost.core.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Replaces the key that seals, while other processes go on:
 *
 * <ol>
 *   <li>lock the keyset file against other rotations;
 *   <li>unless rows are still under an older key (an earlier run was cut off), add a key, make it primary, and put the
 *       new keyset file in place at once: from then on every process seals with it, and reads the file again when it
 *       meets it;
 *   <li>seal the older rows anew, in batches;
 *   <li>seal the check value anew; while it is not, the next run resumes.
 * </ol>
 *
 * Older keys stay in the file, for spooled answers and backups may need them. One run at a time; any thread.
 */
public final class KeysetRotation {
    private final SqlGate gate;
    private final Keyset keyset;

    KeysetRotation(SqlGate gate, Keyset keyset) {
        this.gate = gate;
        this.keyset = keyset;
    }

    /** Hears how far a rotation is. What it throws ends the run, which the next one resumes. */
    public interface Progress {
        /**
         * A batch is durable.
         *
         * @param done how many rows this run has dealt with
         * @param total how many were under an older key when it began
         */
        void resealed(long done, long total);
    }

    /**
     * What a run did.
     *
     * @param keyAdded false when it resumed an earlier one
     * @param resealed how many rows it sealed anew
     * @param broken how many rows could not be opened and stay under their old key; the log names them
     * @param complete false when the thread was interrupted; run it again to resume
     */
    public record Outcome(boolean keyAdded, long resealed, long broken, boolean complete) {}

    /**
     * Adds a key and seals everything with it, or resumes that. Returns early, between two batches, when the thread is
     * interrupted.
     *
     * @throws StoreRefusedException if another process is rotating the same file, or it cannot be replaced
     * @throws StoreUnavailableException if the database does not answer; run it again to resume
     */
    public Outcome run(Progress progress) {
        Path path = keyset.file().path();
        try (FileChannel channel = DurableFiles.openLockFile(path.resolveSibling(path.getFileName() + ".lock"));
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw running(path);
            }
            return runLocked(progress);
        } catch (OverlappingFileLockException e) {
            throw running(path);
        } catch (IOException e) {
            throw new StoreRefusedException(
                    "the keyset file " + path + " cannot be replaced (" + e + "); make its folder writable", e);
        }
    }

    private Outcome runLocked(Progress progress) throws IOException {
        boolean resumes = isUnfinished(keyset.current());
        if (!resumes) {
            keyset.file().replace(keyset.current().withNewPrimary());
        }
        Keys keys = keyset.current();
        Run run = new Run(progress, new Resealing(gate, keyset, keys));
        boolean complete = run.throughAll();
        if (complete && run.work.pending() > run.broken) {
            // A process that had just read the old file sealed something with the old key meanwhile.
            complete = run.throughAll();
        }
        if (complete) {
            gate.change(handle -> KeysetCheck.reseal(handle, keys));
        }
        return new Outcome(!resumes, run.resealed, run.broken, complete);
    }

    private boolean isUnfinished(Keys keys) {
        return !gate.read(handle -> KeysetCheck.isUnder(handle, keys.primaryId()));
    }

    private static StoreRefusedException running(Path path) {
        return new StoreRefusedException(
                "the keyset file " + path + " is being rotated by another process; wait until that is done");
    }

    /** Counts one run. */
    private static final class Run {
        private final Progress progress;
        private final Resealing work;
        private final long total;
        private long resealed;
        private long broken;

        Run(Progress progress, Resealing work) {
            this.progress = progress;
            this.work = work;
            this.total = work.pending();
        }

        /** Returns false when interrupted. */
        boolean throughAll() {
            return through(work::grants) && through(work::signIns) && through(work::webhooks);
        }

        private boolean through(Function<String, Resealing.Batch> batches) {
            String after = "";
            do {
                if (Thread.currentThread().isInterrupted()) {
                    return false;
                }
                Resealing.Batch batch = batches.apply(after);
                resealed += batch.resealed();
                broken += batch.broken();
                after = batch.last();
                if (!after.isEmpty()) {
                    progress.resealed(resealed + broken, total);
                }
            } while (!after.isEmpty());
            return true;
        }
    }
}
