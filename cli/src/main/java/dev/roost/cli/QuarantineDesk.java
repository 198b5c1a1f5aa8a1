package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.store.Quarantine;
import java.time.Instant;
import java.util.Optional;

/** What the commands about the quarantine share: how it stands, for people and for programs. */
record QuarantineDesk(Optional<Quarantine.Restore> restore, Quarantine.Held held) {
    /** Looks how it stands for the app of the settings. */
    static QuarantineDesk of(Roost roost) {
        Quarantine quarantine = roost.vault().store().quarantine();
        return new QuarantineDesk(
                quarantine.restore(),
                quarantine.held(
                        roost.endpoint().clientId(), roost.vault().clock().instant()));
    }

    /**
     * What {@code --json} prints.
     *
     * @param quarantined accounts that are not refreshed
     * @param notDue those whose refresh was not due yet when the restore was noticed
     * @param withValidToken those whose access token has not expired
     * @param restoredAt when the restore was noticed; null if there was none
     * @param because what showed it
     */
    record View(
            long quarantined,
            long notDue,
            long withValidToken,
            Optional<Instant> restoredAt,
            Optional<String> because) {}

    View view() {
        return new View(
                held.accounts(),
                held.notDue(),
                held.withValidToken(),
                restore.map(Quarantine.Restore::at),
                restore.map(Quarantine.Restore::why));
    }

    /** Says what happened. */
    String happened() {
        return restore.map(noticed -> "On " + Times.exact(noticed.at())
                        + " it was noticed that the database was restored" + " from a backup: " + noticed.why() + ".")
                .orElse("No restore of the database was ever noticed.");
    }

    /** Says how many wait, in a few words. */
    String waiting() {
        return held.accounts() + (held.accounts() == 1 ? " account is" : " accounts are") + " not refreshed";
    }
}
