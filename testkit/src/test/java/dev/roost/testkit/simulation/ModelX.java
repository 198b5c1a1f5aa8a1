package dev.roost.testkit.simulation;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.core.XUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** X as one for all processes, and the ledger: which pairs it issued, which it accepts, and why it no longer does. */
final class ModelX {
    static final String CLIENT_ID = "simulated-app";
    static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final XAnswer TOKEN_INVALID =
            new XAnswer(400, "invalid_request", "Value passed for the token was invalid.");
    private static final XAnswer APP_INVALID =
            new XAnswer(401, "unauthorized_client", "Missing valid authorization header");

    private final Loop loop;
    private final Weather weather;
    private final Tally tally;
    private final Map<String, Issue> byRefresh = new LinkedHashMap<>();
    private final Map<String, Issue> byAccess = new LinkedHashMap<>();
    private final Map<XUser, Standing> users = new LinkedHashMap<>();
    private long appRejectedUntil;
    private int serial;

    ModelX(Loop loop, Weather weather, Tally tally) {
        this.loop = loop;
        this.weather = weather;
        this.tally = tally;
    }

    /** What X holds of a user: the pair it accepts, or why it accepts none. */
    static final class Standing {
        @Nullable
        Issue live;

        @Nullable
        Cause gone;
    }

    /**
     * A request to refresh.
     *
     * @param excuse why a token that was spent is sent again: the answer to it was not in the store when this left
     * @param isImport whether it is an import's, which is in the table of sign-ins and not in an account's journal
     * @param answer what X says; it may never come
     */
    record Request(
            Issue token,
            NodeProcess asker,
            @Nullable Cause excuse,
            boolean isImport,
            long sentAt,
            CompletableFuture<Verdict> answer) {}

    Standing of(XUser user) {
        return users.computeIfAbsent(user, key -> new Standing());
    }

    Optional<Issue> issueOf(AccessToken token) {
        return Optional.ofNullable(byAccess.get(token.expose()));
    }

    Optional<Issue> issueOf(RefreshToken token) {
        return Optional.ofNullable(byRefresh.get(token.expose()));
    }

    List<Issue> issues() {
        return new ArrayList<>(byRefresh.values());
    }

    boolean accepts(AccessToken token) {
        Issue issue = byAccess.get(token.expose());
        return issue != null && issue.accessAlive && issue.expiresAt > loop.now();
    }

    boolean rejectsApp() {
        return appRejectedUntil > loop.now();
    }

    Verdict probe() {
        return rejectsApp() ? new Verdict.AppRejected(APP_INVALID) : new Verdict.GrantRefused(TOKEN_INVALID);
    }

    /** A person consents; the user's earlier grant ends. */
    Issue consent(XUser user, @Nullable NodeProcess asker) {
        end(of(user), null);
        return issue(user, true, serial + 1, asker);
    }

    /** The user takes the app out. */
    void revokedByUser(XUser user) {
        if (of(user).live != null) {
            end(of(user), Cause.REVOKED_BY_USER);
        }
    }

    /** The app revokes a pair. */
    void revokedByApp(TokenPair tokens) {
        Issue issue = byRefresh.get(tokens.refresh().expose());
        if (issue != null && of(issue.user).live == issue) {
            end(of(issue.user), Cause.DISCONNECTING);
        }
    }

    /** A refresh leaves a process. X looks at it a little later, whatever becomes of the process, and answers or not. */
    Request send(RefreshToken token, Seat seat) {
        Issue issue = byRefresh.get(token.expose());
        if (issue == null) {
            throw new IllegalStateException("a refresh token that X never issued was sent");
        }
        issue.sentLate |= seat.isLate(token);
        if (issue.inFlight > 0 && !issue.sentLate) {
            loop.fail("(a) a refresh token of " + issue.user + " is in flight twice at once");
        }
        loop.note("sends a token of " + issue.user);
        issue.inFlight++;
        Issue next = issue.next;
        Cause excuse = issue.sentLate ? Cause.SENT_AFTER_THE_LEASE : next == null ? null : next.missing();
        if (excuse == null) {
            excuse = seat.excuse(token);
        }
        Request request =
                new Request(issue, seat.process(), excuse, seat.isImport(token), loop.now(), new CompletableFuture<>());
        loop.after(Weather.upTo(Times.LATEST_ARRIVAL, loop.random()), () -> look(request));
        return request;
    }

    private void look(Request request) {
        if (weather.strikes(weather.appRejected, loop.random())) {
            appRejectedUntil = loop.now()
                    + Duration.ofSeconds(1 + loop.random().nextInt(8)).toNanos();
        }
        if (rejectsApp()) {
            answer(request, new Verdict.AppRejected(APP_INVALID), "app rejected");
        } else if (weather.strikes(weather.throttled, loop.random())) {
            Optional<Duration> wait = loop.random().nextBoolean()
                    ? Optional.of(Duration.ofSeconds(1 + loop.random().nextInt(10)))
                    : Optional.empty();
            answer(request, new Verdict.Throttled(new XAnswer(429, "", "Too Many Requests"), wait), "throttled");
        } else if (weather.strikes(weather.errorBefore, loop.random())) {
            answer(request, new Verdict.Unknown("HTTP 503"), "error before");
        } else {
            spend(request);
        }
    }

    private void spend(Request request) {
        Issue token = request.token();
        Standing standing = of(token.user);
        token.shown++;
        token.imports += request.isImport() ? 1 : 0;
        if (standing.live != token) {
            refuse(request, token, standing);
            return;
        }
        if (weather.sameRefreshToken) {
            token.shown--;
            token.imports -= request.isImport() ? 1 : 0;
            answer(request, sameAgain(token), "same refresh token");
            return;
        }
        Issue next = issue(token.user, false, token.family, request.asker());
        token.next = next;
        next.byImport = request.isImport();
        token.accessAlive = token.accessAlive && !weather.oldAccessDies;
        tally.count("x: rotated");
        if (weather.strikes(weather.answerLost, loop.random())) {
            next.answerLost = true;
            tally.count("fault: answer lost");
            loop.after(untilGivenUp(request), () -> request.token().inFlight--);
        } else if (weather.strikes(weather.errorAfter, loop.random())) {
            next.answerLost = true;
            answer(request, new Verdict.Unknown("HTTP 503"), "error after");
        } else {
            Verdict rotated = new Verdict.Rotated(
                    next.tokens.access(), Optional.of(next.tokens.refresh()), LIFETIME, Optional.of(Scopes.DEFAULT));
            answer(request, rotated, "answered");
        }
    }

    private Verdict sameAgain(Issue token) {
        token.spansGenerations = true;
        AccessToken access = AccessToken.of("access-" + ++serial);
        Issue other = new Issue(
                token.user,
                new TokenPair(access, token.tokens.refresh()),
                loop.now(),
                false,
                token.family,
                token.asker);
        other.stored = true;
        byAccess.put(access.expose(), other);
        return new Verdict.Rotated(access, Optional.empty(), LIFETIME, Optional.empty());
    }

    /** The token is not the live one. If it was spent, X may end the whole grant. */
    private void refuse(Request request, Issue token, Standing standing) {
        Issue next = token.next;
        if (next != null) {
            Cause why = request.excuse() == null ? excuse(token, next) : request.excuse();
            if (why == null) {
                loop.fail("(b) a token of " + token.user + " was sent again though the answer to it is in the store");
            } else {
                tally.count("spent token shown again: " + why);
                if (weather.familyKill && standing.live != null && standing.live.family == token.family) {
                    end(standing, why);
                }
            }
        }
        answer(request, new Verdict.GrantRefused(TOKEN_INVALID), "refused");
    }

    /** Who was frozen may have sent the token while it was on its way from somebody else already. */
    private static @Nullable Cause excuse(Issue token, Issue next) {
        return token.sentLate ? Cause.SENT_AFTER_THE_LEASE : next.missing();
    }

    private void answer(Request request, Verdict verdict, String how) {
        tally.count("x: " + how);
        loop.note("X " + how + " " + request.token().user);
        boolean slow = weather.strikes(weather.slowAnswer, loop.random());
        Duration delay =
                Weather.upTo(slow ? Times.ANSWER_DEADLINE.multipliedBy(2) : Duration.ofMillis(200), loop.random());
        Duration givenUp = untilGivenUp(request);
        boolean inTime = delay.compareTo(givenUp) < 0;
        if (!inTime) {
            loop.after(givenUp, () -> request.token().inFlight--);
        }
        loop.after(delay, () -> {
            request.token().inFlight -= inTime ? 1 : 0;
            request.answer().complete(verdict);
        });
    }

    /** How long whoever asked waits at least. */
    private Duration untilGivenUp(Request request) {
        return Times.ANSWER_DEADLINE.minusNanos(loop.now() - request.sentAt());
    }

    private Issue issue(XUser user, boolean byConsent, int family, @Nullable NodeProcess asker) {
        int number = ++serial;
        TokenPair tokens = new TokenPair(AccessToken.of("access-" + number), RefreshToken.of("refresh-" + number));
        Issue issue = new Issue(user, tokens, loop.now(), byConsent, family, asker);
        byRefresh.put(tokens.refresh().expose(), issue);
        byAccess.put(tokens.access().expose(), issue);
        of(user).live = issue;
        of(user).gone = null;
        return issue;
    }

    private void end(Standing standing, @Nullable Cause why) {
        Issue live = standing.live;
        if (live != null) {
            byAccess.values().stream()
                    .filter(issue -> issue.user.equals(live.user))
                    .forEach(issue -> issue.accessAlive = false);
            standing.live = null;
            standing.gone = why;
            loop.note("X ends the grant of " + live.user + (why == null ? "" : ": " + why));
        }
    }
}
