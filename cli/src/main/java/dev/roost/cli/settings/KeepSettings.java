package dev.roost.cli.settings;

import static dev.roost.cli.settings.Setting.*;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long what happened is kept.
 *
 * @param events entries in the logs of accounts
 * @param audit rows of the audit trail
 * @param signIns sign-ins that are over
 * @param idleAfter how long nobody uses an account before it is refreshed monthly only; empty: never
 */
public record KeepSettings(Duration events, Duration audit, Duration signIns, Optional<Duration> idleAfter) {
    private static final Duration EVENTS = Duration.ofDays(180);
    private static final Duration AUDIT = Duration.ofDays(90);
    private static final Duration SIGN_INS = Duration.ofDays(30);

    static KeepSettings read(Values values) {
        return new KeepSettings(
                values.read(ROOST_KEEP_EVENTS, EVENTS, Allowed::kept),
                values.read(ROOST_KEEP_AUDIT, AUDIT, Allowed::kept),
                values.read(ROOST_KEEP_SIGN_INS, SIGN_INS, Allowed::kept),
                values.read(ROOST_IDLE_AFTER, Optional.empty(), text -> Optional.of(Allowed.kept(text))));
    }

    Map<Setting, Object> shown() {
        return Map.of(
                ROOST_KEEP_EVENTS, days(events), ROOST_KEEP_AUDIT, days(audit), ROOST_KEEP_SIGN_INS, days(signIns));
    }

    private static String days(Duration duration) {
        return duration.equals(Duration.ofDays(duration.toDays()))
                ? "P" + duration.toDays() + "D"
                : duration.toString();
    }
}
