package dev.roost.core.alerting;

import dev.roost.core.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that an operator should hear of. No secret in it.
 *
 * @param id the same in every delivery of it, to whatever endpoint; letters, digits, {@code -} and {@code _}
 * @param type what happened
 * @param at when
 * @param about the account; empty where it is about the app, or a test
 * @param app the client id of the app; empty for a test
 * @param node the process that noticed
 * @param cause why, as a word; empty where there is none
 * @param detail what was noted of it, for people; may be empty
 * @param ends the earlier alerts that this one ends
 */
public record Alert(
        String id,
        AlertType type,
        Instant at,
        Optional<About> about,
        String app,
        String node,
        Optional<String> cause,
        String detail,
        List<Ended> ends) {
    /** Copies the list. */
    public Alert {
        ends = List.copyOf(ends);
    }

    /**
     * The account.
     *
     * @param username as X last said
     * @param generation of the grant, see {@link dev.roost.core.Account#generation()}
     */
    public record About(AccountId account, String username, long generation) {}

    /**
     * An earlier alert.
     *
     * @param type what it told of
     * @param id see {@link Alert#id()}
     */
    public record Ended(AlertType type, String id) {}
}
