package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.ChangeFeed.Change;
import dev.roost.core.RefreshPendingException;
import dev.roost.core.TokenKeeper;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.MemoryStore.Outage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process reads tokens before anybody asks for them, and so can serve them while the store is away. */
class ReadAheadTest {
    private final EngineRig rig = EngineRig.create();

    @Test
    void aProcessServesWhatItReadAtItsStart() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.turn();
        rig.store().outage(Outage.BEFORE);
        assertThat(served(rig, ada.id())).isEqualTo(1);
    }

    @Test
    void aProcessServesThroughAnOutageWhatAnotherRotatedBefore() {
        Account ada = rig.connect(EngineRig.ADA);
        EngineRig other = rig.restarted("second");
        other.turn();
        rotate(other, ada.id());
        other.turn();
        rig.untilDue();
        other.store().outage(Outage.BEFORE);
        assertThat(served(other, ada.id())).isEqualTo(2);
    }

    @Test
    void whatTheStoreDidNotGiveIsReadInALaterTurn() {
        Account ada = rig.connect(EngineRig.ADA);
        EngineRig other = rig.restarted("second");
        other.turn();
        rotate(other, ada.id());
        other.store().outage(Outage.MANY);
        other.turn();
        other.store().outage(Outage.NONE);
        other.turn();
        rig.untilDue();
        other.store().outage(Outage.BEFORE);
        assertThat(served(other, ada.id())).isEqualTo(2);
    }

    @Test
    void aTokenThatNobodyHasWantedForItsLifeIsNotReadAgain() {
        Account ada = rig.connect(EngineRig.ADA);
        EngineRig other = rig.restarted("second");
        other.turn();
        rig.untilExpired();
        rotate(other, ada.id());
        other.turn();
        other.store().outage(Outage.BEFORE);
        TokenKeeper keeper = other.engine().keeper();
        assertThatThrownBy(() -> keeper.token(ada.id()))
                .isInstanceOf(RefreshPendingException.class)
                .hasMessageContaining("does not answer");
    }

    /** Another process rotates, and this one hears of it. */
    private void rotate(EngineRig hearer, AccountId id) {
        rig.clock().advance(Duration.ofSeconds(6));
        rig.engine().keeper().refreshNow(id);
        hearer.hears(new Change.Rotated(id, 2));
    }

    private static long served(EngineRig process, AccountId id) {
        return process.engine().keeper().token(id).generation();
    }
}
