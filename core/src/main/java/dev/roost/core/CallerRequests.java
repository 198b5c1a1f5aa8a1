package dev.roost.core;

import dev.roost.core.EngineEvent.Issued;
import dev.roost.core.EngineEvent.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends the tokens of callers to X, and remembers what came of it. Safe for many threads. */
final class CallerRequests {
    private final CallerMemory memory;
    private final RefreshPolicy policy;
    private final World world;

    CallerRequests(CallerMemory memory, RefreshPolicy policy, World world) {
        this.memory = memory;
        this.policy = policy;
        this.world = world;
    }

    /** Sends the token, once, and says what X answered. */
    CallerAnswer ask(CallerMemory.Call call) {
        EngineEvent.Subject subject = new EngineEvent.Subject.Caller(call.app().clientId());
        world.tell(new EngineEvent.RefreshStarted(subject, world.node()));
        Instant sentAt = world.clock().instant();
        long start = world.nanoTime().getAsLong();
        Verdict verdict = send(call);
        Duration took = world.since(start);
        CallerAnswer answer = answer(call, verdict, sentAt);
        world.tell(ended(subject, verdict, took));
        return answer;
    }

    /** Whatever goes wrong in the client, the token may have left. */
    private static Verdict send(CallerMemory.Call call) {
        try {
            return call.app().endpoint().refresh(call.token());
        } catch (RuntimeException e) {
            System.getLogger(CallerRequests.class.getName())
                    .log(System.Logger.Level.ERROR, "the client of X failed in a way it should not", e);
            return new Verdict.Unknown("the client of X failed: " + e.getClass().getSimpleName());
        }
    }

    private CallerAnswer answer(CallerMemory.Call call, Verdict verdict, Instant sentAt) {
        return switch (verdict) {
            case Verdict.Rotated rotated -> rotated(call, rotated, sentAt);
            case Verdict.GrantRefused refused -> new CallerAnswer.Refused(refused.answer(), memory.lostAt(call));
            case Verdict.AppRejected rejected -> new CallerAnswer.AppRejected(rejected.answer());
            case Verdict.Throttled throttled -> new CallerAnswer.Throttled(throttled.answer(), throttled.retryAfter());
            case Verdict.NotSent failed -> new CallerAnswer.NotSent(failed.reason(), policy.firstBackoff());
            case Verdict.Unknown unknown -> new CallerAnswer.Unknown(unknown.reason(), memory.lost(call, sentAt));
        };
    }

    private CallerAnswer rotated(CallerMemory.Call call, Verdict.Rotated rotated, Instant sentAt) {
        RefreshToken next = rotated.refresh().orElse(call.token());
        CallerAnswer.Rotated answer = new CallerAnswer.Rotated(
                new TokenPair(rotated.access(), next),
                sentAt.plus(rotated.lifetime()),
                rotated.scopes(),
                !next.equals(call.token()),
                false,
                Optional.empty());
        memory.keep(call, answer);
        return answer;
    }

    private EngineEvent ended(EngineEvent.Subject subject, Verdict verdict, Duration took) {
        return switch (verdict) {
            case Verdict.Rotated rotated ->
                ended(subject, Outcome.ROTATED, Optional.empty(), "", took, Optional.of(Issued.of(rotated)));
            case Verdict.GrantRefused refused -> failed(subject, Outcome.GRANT_REFUSED, refused.answer(), took);
            case Verdict.AppRejected rejected -> failed(subject, Outcome.APP_REJECTED, rejected.answer(), took);
            case Verdict.Throttled throttled -> failed(subject, Outcome.THROTTLED, throttled.answer(), took);
            case Verdict.NotSent failed ->
                ended(subject, Outcome.NOT_SENT, Optional.empty(), failed.reason(), took, Optional.empty());
            case Verdict.Unknown failed ->
                ended(subject, Outcome.UNKNOWN, Optional.empty(), failed.reason(), took, Optional.empty());
        };
    }

    private EngineEvent failed(EngineEvent.Subject subject, Outcome outcome, XAnswer answer, Duration took) {
        return ended(subject, outcome, Optional.of(answer), answer.toString(), took, Optional.empty());
    }

    private EngineEvent ended(
            EngineEvent.Subject subject,
            Outcome outcome,
            Optional<XAnswer> answer,
            String detail,
            Duration took,
            Optional<Issued> issued) {
        return new EngineEvent.RefreshEnded(subject, world.node(), outcome, answer, detail, took, issued);
    }
}
