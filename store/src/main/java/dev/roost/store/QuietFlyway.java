package dev.roost.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.flywaydb.core.api.logging.Log;

/** Sends what Flyway says to the program's log, one step less loud: what it calls information is for debugging here. */
record QuietFlyway(Logger log) implements Log {
    @Override
    public void debug(String message) {
        log.log(Level.TRACE, message);
    }

    @Override
    public void info(String message) {
        log.log(Level.DEBUG, message);
    }

    @Override
    public void warn(String message) {
        log.log(Level.INFO, message);
    }

    @Override
    public void error(String message) {
        log.log(Level.WARNING, message);
    }

    @Override
    public void error(String message, Exception e) {
        log.log(Level.WARNING, message, e);
    }

    @Override
    public void notice(String message) {
        log.log(Level.DEBUG, message);
    }
}
