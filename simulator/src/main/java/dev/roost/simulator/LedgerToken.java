package dev.roost.simulator;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One token the simulator ever issued, as it stands at the moment of the snapshot.
 *
 * @param value the raw token
 * @param kind access or refresh
 * @param clientId the app it was issued to
 * @param userId the user who granted it
 * @param grantId the grant, or family, it belongs to
 * @param origin what it was issued for
 * @param issuedAt on the simulator's clock
 * @param expiresAt on the simulator's clock
 * @param fate whether X would accept it now, and if not, why
 * @param answered whether an answer carrying it was written whole and at once, no fault in its way; {@code false} for
 *     a delayed answer, as the client may have gone; {@code true} for tokens minted by {@link Simulator#issue}
 */
public record LedgerToken(
        String value,
        Kind kind,
        String clientId,
        String userId,
        String grantId,
        Origin origin,
        Instant issuedAt,
        Instant expiresAt,
        Fate fate,
        boolean answered) {

    /** Whether X would accept the token now. */
    public boolean live() {
        return fate instanceof Fate.Live;
    }

    /** The number of the request that spent the token, if it was spent. */
    public OptionalInt spentBy() {
        return fate instanceof Fate.Spent spent ? OptionalInt.of(spent.request()) : OptionalInt.empty();
    }

    /** Why the token was killed, if it was neither spent nor merely expired. */
    public Optional<String> killedBecause() {
        return fate instanceof Fate.Killed killed ? Optional.of(killed.reason()) : Optional.empty();
    }

    /** The refresh token it was issued in exchange for, if it came by a refresh. */
    public Optional<String> parent() {
        return origin instanceof Origin.Refresh refresh ? Optional.of(refresh.refreshToken()) : Optional.empty();
    }

    /** Which of the two a token is. */
    public enum Kind {
        /** Carried by data calls. */
        ACCESS,
        /** Spent by a refresh. */
        REFRESH
    }

    /** What a token was issued for. */
    public sealed interface Origin {
        /** The first pair of a grant. */
        record Consent() implements Origin {}

        /**
         * A later pair.
         *
         * @param refreshToken what was presented for it
         */
        record Refresh(String refreshToken) implements Origin {}
    }

    /** What became of a token. */
    public sealed interface Fate {
        /** X would accept it. */
        record Live() implements Fate {}

        /** Its lifetime is over. */
        record Expired() implements Fate {}

        /**
         * A refresh token that bought a new pair.
         *
         * @param request number of the {@link LedgerRequest}
         */
        record Spent(int request) implements Fate {}

        /**
         * Dead before its time.
         *
         * @param reason for people, such as "revoked by the user"
         */
        record Killed(String reason) implements Fate {}
    }
}
