package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.AccountState;
import dev.roost.core.KeeperException;
import dev.roost.core.Verdict;
import dev.roost.server.CannotListenException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at everything that Roost needs once it is open. Changes nothing, and costs no grant. */
record Checkup(Roost roost) {
    private static final Duration SMALL_SKEW = Duration.ofSeconds(30);
    private static final Duration LARGE_SKEW = Duration.ofMinutes(5);

    List<Check> all() {
        return Stream.of(spool(), restore(), accounts(), port(), clock(), app()).toList();
    }

    private Check spool() {
        int waiting = roost.vault().spool().entries().size();
        return waiting == 0
                ? Check.ok("spool", "empty")
                : Check.warn(
                        "spool",
                        waiting + " answers of X wait in " + roost.settings().spool() + " to be recorded",
                        "start roost serve, which records them; do not delete the folder");
    }

    private Check restore() {
        try {
            QuarantineDesk desk = QuarantineDesk.of(roost);
            return desk.held().accounts() == 0
                    ? Check.ok("restore", "no account waits because the database was restored from a backup")
                    : Check.warn(
                            "restore",
                            desk.happened() + " " + desk.waiting() + ", for their refresh tokens may be spent",
                            "see what to do: roost quarantine show");
        } catch (KeeperException e) {
            return Check.fail("restore", Failure.of(e));
        }
    }

    private Check accounts() {
        try {
            List<AccountState> states = AccountsListCommand.accounts(roost).stream()
                    .map(account -> account.state())
                    .filter(state -> !(state instanceof AccountState.Disconnected))
                    .toList();
            long gone = states.stream()
                    .filter(AccountState.NeedsReauthorization.class::isInstance)
                    .count();
            return gone == 0
                    ? Check.ok("accounts", states.size() + " connected")
                    : Check.warn(
                            "accounts",
                            gone + " of " + states.size() + " need sign-in",
                            "see which and why: roost accounts list");
        } catch (KeeperException e) {
            return Check.fail("accounts", Failure.of(e));
        }
    }

    private Check port() {
        Settings settings = roost.settings();
        String callback = settings.callbackUrl().toString();
        String register = "register " + callback + " with the X app, to the letter";
        try {
            roost.listen().close();
            return Check.ok("port", settings.port() + " is free; " + register);
        } catch (CannotListenException e) {
            return e.isTaken() && OtherRoost.sharesStore(settings, roost.identity())
                    ? Check.ok("port", "this store's roost serve listens on " + settings.port() + "; " + register)
                    : Check.fail("port", Failure.of(e));
        }
    }

    private Check clock() {
        Optional<Duration> skew = roost.xClock().skew();
        if (skew.isEmpty()) {
            return Check.fail(
                    "clock",
                    "X could not be asked for the time at " + roost.settings().apiUrl(),
                    "see that this machine reaches it (network, proxy, ROOST_X_API_URL)",
                    ExitCode.TRY_LATER);
        }
        Duration off = skew.get().abs();
        String text = "this machine is " + Times.span(off) + (skew.get().isNegative() ? " ahead of" : " behind") + " X";
        String next = "set the clock (timedatectl set-ntp true)";
        if (off.compareTo(LARGE_SKEW) > 0) {
            return Check.fail("clock", text, next, ExitCode.SETTINGS);
        }
        return off.compareTo(SMALL_SKEW) > 0
                ? Check.warn("clock", text, next)
                : Check.ok("clock", "agrees with X's to " + Math.max(1, off.toSeconds()) + " s");
    }

    private Check app() {
        String id = "the app " + roost.settings().requireApp().clientId();
        return switch (roost.endpoint().probe()) {
            case Verdict.GrantRefused accepted -> Check.ok("app", "X accepts " + id + " (asked with a junk token)");
            case Verdict.AppRejected rejected ->
                Check.fail(
                        "app",
                        "X rejects " + id + ": " + rejected.answer(),
                        "compare TWITTER_CLIENT_ID and TWITTER_CLIENT_SECRET with the X developer portal",
                        ExitCode.REFUSED);
            case Verdict.Throttled throttled ->
                Check.warn("app", "X turned the question away: " + throttled.answer(), "ask again later");
            case Verdict.NotSent none ->
                Check.fail(
                        "app",
                        "X cannot be reached: " + none.reason(),
                        "see that the network works",
                        ExitCode.TRY_LATER);
            case Verdict.Unknown unknown ->
                Check.warn("app", "X did not answer: " + unknown.reason(), "ask again later");
            case Verdict.Rotated odd ->
                Check.fail(
                        "app",
                        "whoever answers takes a junk token for a real one",
                        "check ROOST_X_API_URL",
                        ExitCode.SETTINGS);
        };
    }
}
