package dev.roost.x;

import java.time.Instant;
import java.util.function.Function;

/** What came of a data call. Nothing in it holds a token. */
public sealed interface XReply<T> {
    /** The same reply about something made of what X did. */
    default <R> XReply<R> map(Function<T, R> change) {
        return then(ok -> new Ok<>(change.apply(ok.value()), ok.limits()));
    }

    /** Goes on with what X did; any other reply is passed on as it is. */
    default <R> XReply<R> then(Function<Ok<T>, XReply<R>> next) {
        return switch (this) {
            case Ok<T> ok -> next.apply(ok);
            case Unauthorized<T> no -> new Unauthorized<>(no.problem());
            case Refused<T> no -> new Refused<>(no.problem());
            case RateLimited<T> later -> new RateLimited<>(later.problem(), later.retryAt());
            case NotSent<T> none -> new NotSent<>(none.reason());
            case Unknown<T> unknown -> new Unknown<>(unknown.reason());
        };
    }

    /**
     * X did it.
     *
     * @param limits what is left to call
     */
    record Ok<T>(T value, RateLimits limits) implements XReply<T> {}

    /** X does not accept the access token (401): the only reply that a refresh can cure. */
    record Unauthorized<T>(XProblem problem) implements XReply<T> {}

    /** X understood and said no; asking again, or with a new token, gives the same. */
    record Refused<T>(XProblem problem) implements XReply<T> {}

    /**
     * X did nothing because too much was asked (429), or was not asked because it would have said so (then the status of the
     * problem is 0).
     *
     * @param retryAt when the exhausted window starts anew, by this machine's clock
     */
    record RateLimited<T>(XProblem problem, Instant retryAt) implements XReply<T> {}

    /**
     * The request did not leave this machine, so it can be made again.
     *
     * @param reason what stood in the way
     */
    record NotSent<T>(String reason) implements XReply<T> {}

    /**
     * X may have done it or not: no readable answer came back. Look before repeating anything that writes.
     *
     * @param reason what happened
     */
    record Unknown<T>(String reason) implements XReply<T> {}
}
