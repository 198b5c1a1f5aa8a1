package dev.roost.testkit.simulation;

import dev.roost.core.AccessGrant;
import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.AccountState;
import dev.roost.core.CallbackAnswer;
import dev.roost.core.Grant;
import dev.roost.core.KeeperException;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInFlow;
import dev.roost.core.XUser;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A program, or a person, that wants something of one process again and again, and looks closely at what it gets. */
final class Caller {
    private static final URI CALLBACK = URI.create("http://127.0.0.1:3001/auth/twitter/callback");
    /** Three waits for a refresh, and what surrounds them. */
    private static final Duration LONGEST_WAIT = Times.POLICY
            .leaseLength()
            .plus(Times.ANSWER_DEADLINE.multipliedBy(2))
            .multipliedBy(3)
            .plusSeconds(20);

    private final Stage stage;
    private final Seat seat;
    private final Loop loop;
    private final Random random;
    private final List<Map.Entry<XUser, AccountId>> accounts;

    Caller(Stage stage, Seat seat) {
        this.stage = stage;
        this.seat = seat;
        this.loop = stage.loop();
        this.random = loop.random();
        this.accounts = List.copyOf(stage.accounts().entrySet());
    }

    /** Goes on until the weather clears. */
    void run() {
        while (!stage.weather().isCalm()) {
            loop.sleep(Weather.upTo(Duration.ofSeconds(20), random));
            if (stage.weather().isCalm()) {
                return;
            }
            Map.Entry<XUser, AccountId> chosen = accounts.get(random.nextInt(accounts.size()));
            loop.note(chosen.toString());
            act(chosen.getKey(), chosen.getValue());
        }
    }

    private void act(XUser user, AccountId id) {
        Weather weather = stage.weather();
        if (weather.strikes(weather.userRevokes, random)) {
            stage.tally().count("fault: user revokes");
            stage.x().revokedByUser(user);
        } else if (weather.strikes(weather.disconnects, random)) {
            disconnect(id);
        } else if (weather.strikes(weather.signIns, random) || isGone(id)) {
            signIn(user);
        } else if (weather.strikes(weather.forced, random)) {
            timed("refreshNow", () -> look(seat.engine().keeper().refreshNow(id)));
        } else {
            token(id);
        }
    }

    private boolean isGone(AccountId id) {
        AccountState state = stage.store().account(id).orElseThrow().state();
        boolean gone = state instanceof AccountState.NeedsReauthorization || state instanceof AccountState.Disconnected;
        return gone && random.nextInt(3) == 0;
    }

    /** Asks for a token and uses it; what X refuses is reported, and asked for again. */
    void token(AccountId id) {
        Optional<AccessGrant> first = served(id);
        boolean refused =
                first.filter(grant -> stage.x().accepts(grant.token())).isEmpty();
        if (first.isEmpty()) {
            return;
        }
        stage.tally().count(refused ? "caller: token refused by X" : "caller: token good");
        if (refused || stage.weather().strikes(stage.weather().falseReports, random)) {
            report(id, first.get().generation());
            var _ = served(id);
        }
    }

    private void report(AccountId id, long generation) {
        seat.reported().merge(id, generation, Math::max);
        timed("refreshRejected", () -> look(seat.engine().keeper().refreshRejected(id, generation)));
    }

    private Optional<AccessGrant> served(AccountId id) {
        long failures = seat.failures();
        long reported = seat.reported().getOrDefault(id, 0L);
        boolean due = stage.clocksDisagree() ? false : hasValid(id);
        boolean known = !stage.clocksDisagree() && remembers(id);
        long asked = loop.now();
        long frozen = seat.process().frozenFor;
        AccessGrant[] got = new AccessGrant[1];
        Duration wanted = random.nextInt(8) == 0 ? Duration.ofSeconds(random.nextInt(120)) : Duration.ZERO;
        timed("token", () -> got[0] = seat.engine().keeper().token(id, wanted));
        AccessGrant grant = got[0];
        if (grant == null) {
            boolean storeWell = failures == seat.failures();
            boolean sameReports = reported == seat.reported().getOrDefault(id, 0L);
            boolean remembered = known && !seat.hasForgotten(id, asked);
            boolean wasAwake = frozen == seat.process().frozenFor;
            boolean judged = sameReports && wasAwake && !stage.clocksDisagree();
            if (judged && !stage.wasDisconnected(id) && ((due && storeWell) || remembered)) {
                loop.fail("a caller at " + seat + " got no token though " + (known ? "its memory" : "the store")
                        + " had a valid one");
            }
            return Optional.empty();
        }
        Issue issue = stage.x().issueOf(grant.token()).orElseThrow();
        if (!issue.isDurable()) {
            loop.fail("(c) " + seat + " handed out a pair of " + issue.user
                    + " that is neither in a store nor in a spool");
        }
        if (!stage.clocksDisagree()
                && issue.expiresAt < asked + Times.POLICY.minRemaining().toNanos()) {
            loop.fail(seat + " handed out a token of " + issue.user + " that has less than the least time left");
        }
        issue.expiryTold = grant.expiresAt();
        seat.served(id, issue);
        return Optional.of(grant);
    }

    /** Whether the store has a token that is long valid, and that nobody reported. */
    private boolean hasValid(AccountId id) {
        Optional<Grant> grant = stage.store().grant(id);
        return grant.isPresent()
                && seat.reported().getOrDefault(id, 0L) < grant.get().generation()
                && stage.x()
                        .issueOf(grant.get().tokens().access())
                        .filter(issue ->
                                isLongValid(issue, grant.get().account().accessExpiresAt()))
                        .isPresent();
    }

    /** Whether this process has handed out a token that is long valid, and that nobody reported. */
    private boolean remembers(AccountId id) {
        Issue issue = seat.remembered(id);
        return issue != null
                && issue.expiryTold != null
                && !seat.reported().containsKey(id)
                && isLongValid(issue, issue.expiryTold);
    }

    private boolean isLongValid(Issue issue, Instant expiryTold) {
        Duration margin =
                Times.POLICY.minRemaining().plus(Times.ANSWER_DEADLINE).plusSeconds(1);
        return issue.expiresAt > loop.now() + margin.toNanos()
                && expiryTold.isAfter(loop.instant().plus(margin));
    }

    private void look(RefreshOutcome outcome) {
        stage.tally()
                .count("outcome: "
                        + (outcome instanceof RefreshOutcome.Kept kept
                                ? "Kept, " + kept.reason()
                                : outcome.getClass().getSimpleName()));
        if (outcome instanceof RefreshOutcome.Fresh fresh) {
            Issue issue = stage.x().issueOf(fresh.grant().tokens().access()).orElseThrow();
            if (!issue.isDurable()) {
                loop.fail("(c) " + seat + " showed a pair of " + issue.user
                        + " that is neither in a store nor in a spool");
            }
        }
    }

    /** Signs the user in at this process. */
    private void signIn(XUser user) {
        attempt("sign-in", () -> {
            SignInFlow flow = seat.engine().signInFlow();
            String url = flow.start(CALLBACK, Scopes.DEFAULT, Optional.empty())
                    .authorizationUrl()
                    .toString();
            String state = url.substring(url.indexOf("state=") + 6);
            var _ = flow.complete(Secret.of(state), new CallbackAnswer.Code(Secret.of(user.id())));
        });
    }

    private void disconnect(AccountId id) {
        stage.disconnecting(id);
        attempt("disconnect", () -> seat.engine().disconnector().disconnect(id));
    }

    /** Does it, in bounded time. */
    private void timed(String what, Runnable call) {
        long began = loop.now();
        long frozen = seat.process().frozenFor;
        attempt(what, call);
        if (seat.process().frozenFor == frozen && loop.now() - began > LONGEST_WAIT.toNanos()) {
            loop.fail("a caller of " + what + " at " + seat + " waited "
                    + Duration.ofNanos(loop.now() - began).toSeconds() + " s");
        }
    }

    private void attempt(String what, Runnable call) {
        try {
            loop.note(what);
            call.run();
            stage.tally().count("caller: " + what + " done");
        } catch (AccountNotFoundException e) {
            stage.tally().count("caller: " + what + ": no account");
        } catch (KeeperException e) {
            loop.note(what + ": " + e.getMessage());
            stage.tally().count("caller: " + what + ": " + e.getClass().getSimpleName());
        }
    }
}
