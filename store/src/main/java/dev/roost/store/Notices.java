package dev.roost.store;

import dev.roost.core.ChangeFeed.Change;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Tells other processes within a transaction: they hear of it once it is durable, or never. Commits that tell something wait
 * for each other on the whole server, so this is for what happens seldom.
 */
final class Notices {
    private static final String ATTRIBUTE = "roostNotices";
    private static final String NOTIFY = "SELECT pg_notify('" + ChangeText.CHANNEL + "', :text)";

    private Notices() {}

    /** Says that the database can tell. */
    static void enable(Jdbi jdbi) {
        jdbi.getConfig(SqlStatements.class).define(ATTRIBUTE, true);
    }

    /** Tells of a change; does nothing where nobody could hear it. */
    static void tell(Handle handle, Change change) {
        if (Boolean.TRUE.equals(handle.getConfig(SqlStatements.class).getAttribute(ATTRIBUTE))) {
            tell(handle, ChangeText.of(change));
        }
    }

    static void tell(Handle handle, String text) {
        handle.createQuery(NOTIFY).bind("text", text).map((row, _) -> 1).one();
    }
}
