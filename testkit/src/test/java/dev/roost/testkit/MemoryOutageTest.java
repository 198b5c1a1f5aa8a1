package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.StoreUnavailableException;
import dev.roost.testkit.MemoryStore.Outage;
import org.junit.jupiter.api.Test;

final class MemoryOutageTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore(clock);

    @Test
    void outageBeforeChangesNothingAndOutageAfterChangesAll() {
        var signedIn = Sample.signedIn(Sample.CLIENT, Sample.user(), clock.instant());
        store.outage(Outage.BEFORE);
        assertThatThrownBy(() -> store.connect(signedIn)).isInstanceOf(StoreUnavailableException.class);
        store.outage(Outage.NONE);
        assertThat(store.account(signedIn.newId())).isEmpty();
        store.outage(Outage.AFTER);
        assertThatThrownBy(() -> store.connect(signedIn)).isInstanceOf(StoreUnavailableException.class);
        store.outage(Outage.NONE);
        assertThat(store.account(signedIn.newId())).isPresent();
    }
}
