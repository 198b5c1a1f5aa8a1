package dev.roost.cli;

import dev.roost.cli.settings.SettingsException;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.KeeperException;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.RefreshPendingException;
import dev.roost.core.StoreUnavailableException;
import dev.roost.server.CannotListenException;
import dev.roost.store.StoreRefusedException;
import java.util.Map;

/**
 * Why a command failed, fit to be shown.
 *
 * @param exitCode one of {@link ExitCode}
 * @param code a stable word for programs
 * @param message what happened and what to do
 */
record Failure(int exitCode, String code, String message) {
    static Failure of(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return switch (thrown) {
            case CommandFailure known -> new Failure(known.exitCode(), known.code(), message);
            case SettingsException e -> new Failure(ExitCode.SETTINGS, "settings", message);
            case StoreRefusedException e -> new Failure(ExitCode.SETTINGS, "store_refused", message);
            case CannotListenException e ->
                new Failure(ExitCode.SETTINGS, e.isTaken() ? "port_taken" : "cannot_listen", message);
            case KeeperException known -> of(known, message);
            default ->
                new Failure(
                        ExitCode.UNEXPECTED,
                        "unexpected",
                        "something unexpected happened (" + thrown.getClass().getSimpleName()
                                + "); run it again with LOG_LEVEL=DEBUG to see where");
        };
    }

    private static Failure of(KeeperException known, String message) {
        return switch (known) {
            case AccountNotFoundException e -> new Failure(ExitCode.NOT_FOUND, "account_not_found", message);
            case ReauthorizationRequiredException e -> new Failure(ExitCode.NEEDS_SIGN_IN, "needs_sign_in", message);
            case RefreshPendingException e -> new Failure(ExitCode.TRY_LATER, "try_later", message);
            case StoreUnavailableException e -> new Failure(ExitCode.TRY_LATER, "store_unavailable", message);
        };
    }

    /** Tells why a command failed, and where if that is logged; returns the exit code. */
    static int tell(Throwable thrown, Session session, boolean json) {
        System.getLogger(Failure.class.getName()).log(System.Logger.Level.DEBUG, "the command failed", thrown);
        return of(thrown).tell(session, json);
    }

    /** Tells the person, or the program that asked for JSON; returns the exit code. */
    int tell(Session session, boolean json) {
        if (json) {
            session.out().println(Output.write(Map.of("error", Map.of("code", code, "message", message))));
            session.out().flush();
        } else {
            message.lines().forEach(line -> session.err().println("roost: " + line));
            session.err().flush();
        }
        return exitCode;
    }
}
