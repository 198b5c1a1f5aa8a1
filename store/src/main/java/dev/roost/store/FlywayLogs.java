package dev.roost.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Where Flyway's messages go. Public only because Flyway itself makes it, from its name. */
public final class FlywayLogs implements LogCreator {
    /** Made by Flyway. */
    public FlywayLogs() {}

    @Override
    public Log createLogger(Class<?> type) {
        return new QuietFlyway(System.getLogger(type.getName()));
    }
}
