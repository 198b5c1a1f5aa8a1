package dev.roost.testkit;

import dev.roost.core.SignInStore;
import dev.roost.core.TokenStore;

final class MemoryImportsTest extends ImportContract {
    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore(clock);

    @Override
    protected TokenStore tokens() {
        return store;
    }

    @Override
    protected SignInStore signIns() {
        return store;
    }

    @Override
    protected ManualClock clock() {
        return clock;
    }

    @Override
    protected void reopen() {}
}
