package dev.roost.testkit;

import dev.roost.core.AccountId;
import dev.roost.core.Rotation;
import dev.roost.core.Spool;
import dev.roost.core.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A spool without a disk. It lasts as long as the object, so that a test can hand it to the "next process". */
public final class MemorySpool implements Spool {
    private final List<Rotation> entries = new ArrayList<>();
    private boolean full;

    /** From now on {@link #put} fails, as on a full disk, or works again. */
    public synchronized void full(boolean isFull) {
        full = isFull;
    }

    @Override
    public synchronized void put(Rotation rotation) {
        if (full) {
            throw new StoreUnavailableException(
                    "the memory spool is full, as the test wished", new IOException("full"));
        }
        entries.add(rotation);
    }

    @Override
    public synchronized boolean holds(AccountId id) {
        return entries.stream().anyMatch(rotation -> rotation.id().equals(id));
    }

    @Override
    public synchronized Set<AccountId> accounts() {
        return entries.stream().map(Rotation::id).collect(Collectors.toSet());
    }

    @Override
    public synchronized List<Rotation> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized void remove(Rotation rotation) {
        entries.removeIf(rotation::equals);
    }
}
