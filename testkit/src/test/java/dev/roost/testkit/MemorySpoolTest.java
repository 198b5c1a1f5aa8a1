package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Spool;
import dev.roost.core.StoreUnavailableException;
import org.junit.jupiter.api.Test;

final class MemorySpoolTest extends SpoolContract {
    private final MemorySpool spool = new MemorySpool();

    @Override
    protected Spool spool() {
        return spool;
    }

    @Override
    protected void reopen() {}

    @Test
    void fullSpoolTakesNothing() {
        spool.full(true);
        var rotation = Sample.rotation(Sample.accountId(), 1, ManualClock.START, Sample.node("node"));
        assertThatThrownBy(() -> spool.put(rotation)).isInstanceOf(StoreUnavailableException.class);
    }
}
