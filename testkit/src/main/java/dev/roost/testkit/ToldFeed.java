package dev.roost.testkit;

import dev.roost.core.ChangeFeed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A feed that tells what it is told to, and proves nothing. */
final class ToldFeed implements ChangeFeed {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    @Override
    public boolean isCurrent() {
        return false;
    }

    @Override
    public long keysVersion() {
        return UNKNOWN;
    }

    void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
