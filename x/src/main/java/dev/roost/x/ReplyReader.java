package dev.roost.x;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what an answer to a data call means. A 2xx whose body has no usable {@code data} is not a success (failure F34):
 * refused if X lists errors, else unknown. 5xx is unknown, since X may have acted before it failed. Immutable.
 */
final class ReplyReader {
    /** Waited after a 429 that names no time: the longest of the windows that X documents. */
    private static final Duration UNNAMED_WAIT = Duration.ofMinutes(15);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    /** The longest window is a day; more is an error of a clock. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(25);

    private final InstantSource clock;
    private final Waits waits;

    ReplyReader(InstantSource clock) {
        this.clock = clock;
        this.waits = new Waits(clock);
    }

    /** Maps what came of a data call; the censor knows the token that was sent. */
    <T> XReply<T> read(Delivery delivery, ApiCall<T> call, Censor censor) {
        return switch (delivery) {
            case Delivery.NotSent notSent -> new XReply.NotSent<>(notSent.reason());
            case Delivery.Unknown unknown -> new XReply.Unknown<>(unknown.reason());
            case Delivery.Answered answer -> guarded(answer, call, censor);
        };
    }

    private <T> XReply<T> guarded(Delivery.Answered answer, ApiCall<T> call, Censor censor) {
        try {
            return read(answer, call, censor);
        } catch (RuntimeException e) {
            return new XReply.Unknown<>(Wording.unreadable(answer, e));
        }
    }

    private <T> XReply<T> read(Delivery.Answered answer, ApiCall<T> call, Censor censor) {
        int hundreds = answer.status() / 100;
        if (hundreds == 2) {
            return success(answer, call, censor);
        }
        XProblem problem = Refusals.problem(answer, call, censor);
        if (answer.status() == 401) {
            return new XReply.Unauthorized<>(problem);
        }
        if (answer.status() == 429) {
            return new XReply.RateLimited<>(problem, retryAt(answer));
        }
        return hundreds == 3 || hundreds == 4
                ? new XReply.Refused<>(problem)
                : new XReply.Unknown<>(Wording.answer(answer, censor).toString());
    }

    private <T> XReply<T> success(Delivery.Answered answer, ApiCall<T> call, Censor censor) {
        Optional<ObjectNode> body = answer.body().isBlank() ? Optional.of(Json.object()) : Json.exact(answer.body());
        Optional<T> value = body.flatMap(call.value());
        if (value.isPresent()) {
            return new XReply.Ok<>(value.get(), limits(answer));
        }
        boolean refused = body.filter(json -> !json.has("data"))
                .filter(json ->
                        json.path("errors").isArray() && !json.path("errors").isEmpty())
                .isPresent();
        return refused
                ? new XReply.Refused<>(Refusals.problem(answer, call, censor))
                : new XReply.Unknown<>("HTTP " + answer.status() + " without the data that X promises for "
                        + call.method() + " " + call.path());
    }

    /** Reads the three windows that X names in headers, undocumented ones included (failure F26). */
    RateLimits limits(Delivery.Answered answer) {
        List<RateLimits.Window> windows = new ArrayList<>();
        for (RateLimits.Span span : RateLimits.Span.values()) {
            Optional<Long> limit = Waits.number(answer, span.header() + "-limit");
            Optional<Long> remaining = Waits.number(answer, span.header() + "-remaining");
            Optional<Duration> reset = waits.reset(answer, span.header() + "-reset");
            if (limit.isPresent() && remaining.isPresent() && reset.isPresent()) {
                Instant at = clock.instant().plus(reset.get());
                windows.add(new RateLimits.Window(span, limit.get(), remaining.get(), at));
            }
        }
        return new RateLimits(windows);
    }

    /** The end of the exhausted window that ends last, or what {@code Retry-After} says if that is later still. */
    private Instant retryAt(Delivery.Answered answer) {
        Stream<Duration> exhausted = Stream.of(RateLimits.Span.values())
                .filter(span -> Waits.number(answer, span.header() + "-remaining")
                        .filter(left -> left == 0)
                        .isPresent())
                .flatMap(span -> waits.reset(answer, span.header() + "-reset").stream());
        Duration wait = Stream.concat(exhausted, waits.retryAfter(answer).stream())
                .max(Duration::compareTo)
                .or(() -> waits.reset(answer, RateLimits.Span.QUARTER_HOUR.header() + "-reset"))
                .orElse(UNNAMED_WAIT);
        return clock.instant().plus(bounded(wait));
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
