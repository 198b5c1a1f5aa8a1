package dev.roost.simulator;

import dev.roost.simulator.LedgerToken.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One token and what became of it. Guarded by the lock of {@link World}. */
final class Token {

    private final String value;
    private final LedgerToken.Kind kind;
    private final Grant grant;
    private final LedgerToken.Origin origin;
    private final Instant issuedAt;
    private final Duration lifetime;
    private Fate fate = new Fate.Live();
    private boolean answered;
    private @Nullable Spending spending;

    Token(
            String value,
            LedgerToken.Kind kind,
            Grant grant,
            LedgerToken.Origin origin,
            Instant issuedAt,
            Duration lifetime) {
        this.value = value;
        this.kind = kind;
        this.grant = grant;
        this.origin = origin;
        this.issuedAt = issuedAt;
        this.lifetime = lifetime;
    }

    String value() {
        return value;
    }

    LedgerToken.Kind kind() {
        return kind;
    }

    Grant grant() {
        return grant;
    }

    Duration lifetime() {
        return lifetime;
    }

    boolean isLiveAt(Instant now) {
        return fateAt(now) instanceof Fate.Live;
    }

    boolean isSpent() {
        return spending != null;
    }

    void kill(String reason) {
        if (fate instanceof Fate.Live) {
            fate = new Fate.Killed(reason);
        }
    }

    void spend(int request, Instant now, Issued successor) {
        fate = new Fate.Spent(request);
        spending = new Spending(now, successor);
    }

    /** What spending the token bought, if that was at most {@code window} ago. */
    Optional<Issued> successorWithin(Duration window, Instant now) {
        return Optional.ofNullable(spending)
                .filter(spent -> now.isBefore(spent.at().plus(window)))
                .map(Spending::successor);
    }

    void answered(boolean whole) {
        answered = whole;
    }

    LedgerToken snapshot(Instant now) {
        return new LedgerToken(
                value,
                kind,
                grant.clientId(),
                grant.userId(),
                grant.id(),
                origin,
                issuedAt,
                issuedAt.plus(lifetime),
                fateAt(now),
                answered);
    }

    private Fate fateAt(Instant now) {
        boolean over = fate instanceof Fate.Live && !now.isBefore(issuedAt.plus(lifetime));
        return over ? new Fate.Expired() : fate;
    }

    private record Spending(Instant at, Issued successor) {}
}
