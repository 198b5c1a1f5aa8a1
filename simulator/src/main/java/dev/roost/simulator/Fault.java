package dev.roost.simulator;

import java.time.Duration;

/**
 * One failure that waits for the next request to its endpoint.
 *
 * @param endpoint where it strikes
 * @param kind what goes wrong
 * @param time real time of a stall, {@code Retry-After} of a 429, offset of a wrong date; zero for other kinds
 */
public record Fault(Endpoint endpoint, FaultKind kind, Duration time) {

    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException when they do not, naming what is allowed
     */
    public Fault {
        if (kind == FaultKind.NONE || endpoint == Endpoint.CONTROL) {
            throw new IllegalArgumentException("fault " + kind + " on " + endpoint
                    + " cannot be queued; allowed: any kind but NONE, any endpoint but CONTROL; choose another");
        }
        if (kind.isTokenOnly() && endpoint != Endpoint.TOKEN) {
            throw new IllegalArgumentException(
                    "fault " + kind + " on " + endpoint + " cannot happen; allowed: TOKEN; queue it there");
        }
        if (kind.needsTime() && time.isZero()) {
            throw new IllegalArgumentException(
                    "fault " + kind + " has no time; allowed: a duration such as PT5S; give it one");
        }
        if (!kind.takesTime() && !time.isZero()) {
            throw new IllegalArgumentException(
                    "fault " + kind + " has time " + time + "; allowed: none for this kind; leave it out");
        }
        if (kind != FaultKind.WRONG_DATE && time.isNegative()) {
            throw new IllegalArgumentException(
                    "fault " + kind + " has time " + time + "; allowed: zero or more; give a positive duration");
        }
    }

    /** A fault whose kind needs no time. */
    public static Fault of(Endpoint endpoint, FaultKind kind) {
        return new Fault(endpoint, kind, Duration.ZERO);
    }

    /** Processed at once, answered after {@code realTime}. */
    public static Fault stall(Endpoint endpoint, Duration realTime) {
        return new Fault(endpoint, FaultKind.STALL, realTime);
    }

    /** Processed and answered after {@code realTime}. */
    public static Fault stallBefore(Endpoint endpoint, Duration realTime) {
        return new Fault(endpoint, FaultKind.STALL_BEFORE, realTime);
    }

    /** Status 429 whose {@code Retry-After} (whole seconds) is {@code retryAfter}. */
    public static Fault rateLimited(Endpoint endpoint, Duration retryAfter) {
        return new Fault(endpoint, FaultKind.STATUS_429, retryAfter);
    }

    /** A whole answer whose {@code Date} header is the simulator's time plus {@code offset}. */
    public static Fault wrongDate(Endpoint endpoint, Duration offset) {
        return new Fault(endpoint, FaultKind.WRONG_DATE, offset);
    }
}
