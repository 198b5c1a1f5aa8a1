package dev.roost.simulator;

/** What goes wrong with a request, and whether X acted on it first. */
public enum FaultKind {
    /** Nothing goes wrong. Only seen in the ledger; cannot be queued. */
    NONE(Phase.WHOLE),
    /** The connection is closed without an answer; nothing was processed. */
    REFUSE(Phase.BEFORE),
    /** Processed at once, answered after the fault's time. */
    STALL(Phase.LATE),
    /** Waits the fault's time, then is processed and answered. */
    STALL_BEFORE(Phase.LATE),
    /** Processed; headers and half the body are sent, then the connection is closed. */
    CUT_BODY(Phase.LOST),
    /** Processed (a refresh token is spent); the connection is closed without an answer. */
    LOSE_ANSWER(Phase.LOST),
    /** A content network's HTML block page with status 403; nothing was processed. */
    HTML_403(Phase.BEFORE),
    /** Status 401 as for an access token that X no longer takes; nothing was processed. */
    STATUS_401(Phase.BEFORE),
    /** Status 402, credits depleted; nothing was processed. */
    STATUS_402(Phase.BEFORE),
    /** Status 429 with {@code x-rate-limit-*}, and {@code Retry-After} when the fault has a time; not processed. */
    STATUS_429(Phase.BEFORE),
    /** Status 500 with an empty body; nothing was processed. */
    STATUS_500(Phase.BEFORE),
    /** Status 503 with X's JSON; nothing was processed. */
    STATUS_503(Phase.BEFORE),
    /** The same 503, but the request was processed: the ambiguous one. */
    STATUS_503_AFTER(Phase.LOST),
    /** Processed; a 200 whose body is HTML instead of JSON. A refusal keeps its shape. */
    UNREADABLE_200(Phase.LOST),
    /** Processed; a 200 with JSON that has neither token. Token endpoint only. */
    TOKENLESS_200(Phase.LOST),
    /** A new access token without a new refresh token: the old one is not spent. Token endpoint only. */
    NO_REFRESH_TOKEN_200(Phase.WHOLE),
    /** Processed; {@code expires_in} is JSON text. Token endpoint only. */
    STRING_EXPIRES_IN(Phase.WHOLE),
    /** Processed; {@code expires_in} is missing. Token endpoint only. */
    NO_EXPIRES_IN(Phase.WHOLE),
    /** Processed; the {@code Date} header is off by the fault's time. */
    WRONG_DATE(Phase.WHOLE),
    /** Processed at once, answered when {@link Simulator#release()} is called. */
    HOLD(Phase.LATE),
    /** Processed and answered only when {@link Simulator#release()} is called. */
    HOLD_BEFORE(Phase.LATE);

    private final Phase phase;

    FaultKind(Phase phase) {
        this.phase = phase;
    }

    /** Whether the request is turned away without X acting on it. */
    public boolean isBeforeProcessing() {
        return phase == Phase.BEFORE;
    }

    /** Whether the tokens of the answer reach the socket, whole and at once. */
    public boolean deliversAnswer() {
        return phase == Phase.WHOLE;
    }

    /** Whether the kind only makes sense for a token answer. */
    boolean isTokenOnly() {
        return this == TOKENLESS_200
                || this == NO_REFRESH_TOKEN_200
                || this == STRING_EXPIRES_IN
                || this == NO_EXPIRES_IN;
    }

    /** Whether the fault cannot do without a time. */
    boolean needsTime() {
        return this == STALL || this == STALL_BEFORE || this == WRONG_DATE;
    }

    /** Whether the fault can carry a time. */
    boolean takesTime() {
        return needsTime() || this == STATUS_429;
    }

    private enum Phase {
        BEFORE,
        LATE,
        LOST,
        WHOLE
    }
}
