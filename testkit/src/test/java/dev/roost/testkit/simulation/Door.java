package dev.roost.testkit.simulation;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.core.XUser;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** X as one process sees it. A code is the id of the user who consents. */
final class Door implements TokenEndpoint, SignInEndpoint {
    private final Seat seat;
    private final ModelX x;

    Door(Seat seat, ModelX x) {
        this.seat = seat;
        this.x = x;
    }

    @Override
    public String clientId() {
        return ModelX.CLIENT_ID;
    }

    @Override
    public Verdict refresh(RefreshToken token) {
        Verdict verdict = once(token);
        return seat.has(Mutation.SENDS_AGAIN) && verdict instanceof Verdict.Unknown ? once(token) : verdict;
    }

    private Verdict once(RefreshToken token) {
        Loop loop = seat.loop();
        Weather weather = seat.weather();
        loop.step("x.refresh");
        if (weather.strikes(weather.notSent, loop.random())) {
            seat.tally().count("fault: not sent");
            loop.sleep(Weather.upTo(Times.POLICY.connectDeadline(), loop.random()));
            return new Verdict.NotSent("no connection");
        }
        ModelX.Request request = x.send(token, seat);
        long patience = Times.ANSWER_DEADLINE.toMillis();
        if (!loop.await(
                request.answer(), Duration.ofMillis(patience + loop.random().nextLong(patience / 2)))) {
            seat.tally().count("fault: no answer");
            return lost(request, "no answer in time");
        }
        loop.step("x.refresh done");
        Verdict verdict = request.answer().resultNow();
        if (verdict instanceof Verdict.Rotated rotated) {
            x.issueOf(rotated.access()).ifPresent(issue -> issue.delivered = true);
        }
        return verdict;
    }

    private static Verdict lost(ModelX.Request request, String why) {
        Issue next = request.token().next;
        if (next != null && next.asker == request.asker() && !next.delivered) {
            next.answerLost = true;
        }
        return new Verdict.Unknown(why);
    }

    @Override
    public Verdict probe() {
        seat.loop().step("x.probe");
        seat.tally().count("x: probed");
        return x.probe();
    }

    @Override
    public Optional<String> revoke(TokenPair tokens) {
        seat.loop().step("x.revoke");
        if (seat.weather().strikes(seat.weather().notSent, seat.loop().random())) {
            return Optional.of("no connection");
        }
        x.revokedByApp(tokens);
        seat.loop().step("x.revoke done");
        return Optional.empty();
    }

    @Override
    public URI authorizationUrl(URI redirectUri, Scopes scopes, Secret state, Secret codeVerifier) {
        return URI.create("https://x.example/authorize?state=" + state.expose());
    }

    @Override
    public ExchangeAnswer exchange(Secret code, Secret codeVerifier, URI redirectUri) {
        Loop loop = seat.loop();
        long askedAt = loop.now();
        loop.step("x.exchange");
        Issue issue = x.consent(seat.user(code.expose()), loop.process());
        issue.askedAt = askedAt;
        seat.tally().count("x: consented");
        if (seat.weather().strikes(seat.weather().answerLost, loop.random())) {
            issue.answerLost = true;
            return new ExchangeAnswer.Failed("no answer");
        }
        loop.step("x.exchange done");
        issue.delivered = true;
        return new ExchangeAnswer.Issued(
                issue.tokens.access(), Optional.of(issue.tokens.refresh()), ModelX.LIFETIME, Scopes.DEFAULT);
    }

    @Override
    public IdentifyAnswer identify(AccessToken token) {
        Loop loop = seat.loop();
        loop.step("x.identify");
        if (seat.weather().strikes(seat.weather().identifyFails, loop.random())) {
            return new IdentifyAnswer.Unanswered("HTTP 503");
        }
        Optional<XUser> user = x.accepts(token) ? x.issueOf(token).map(issue -> issue.user) : Optional.empty();
        loop.step("x.identify done");
        return user.<IdentifyAnswer>map(IdentifyAnswer.Identified::new)
                .orElseGet(() -> new IdentifyAnswer.Rejected(new XAnswer(401, "", "Unauthorized")));
    }
}
