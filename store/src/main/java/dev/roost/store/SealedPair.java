package dev.roost.store;

import dev.roost.core.AccessToken;
import dev.roost.core.AccountId;
import dev.roost.core.RefreshToken;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenPair;
import dev.roost.store.SealLabel.Kind;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A token pair as it rests in its row.
 *
 * @param access the sealed access token
 * @param refresh the sealed refresh token
 * @param keyId the key that both are sealed with
 * @param fingerprint stands for the refresh token, see {@link SqlHoldings}
 */
record SealedPair(Sealed access, Sealed refresh, long keyId, String fingerprint) {
    private static final String REFRESH = "refresh";

    static SealedPair seal(Keys keys, AccountId id, long generation, TokenPair pair) {
        return new SealedPair(
                keys.seal(bytes(pair.access().expose()), new SealLabel(Kind.ACCESS, id.value(), generation)),
                keys.seal(bytes(pair.refresh().expose()), new SealLabel(Kind.REFRESH, id.value(), generation)),
                keys.primaryId(),
                keys.fingerprint(REFRESH, pair.refresh().expose()));
    }

    /** Returns what stands for a refresh token in the column of fingerprints. */
    static String fingerprint(Keyset keyset, RefreshToken token) {
        return keyset.fingerprint(REFRESH, token.expose());
    }

    /** Opens the pair, which only works for the account and generation it was sealed for. */
    TokenPair unseal(Keyset keyset, AccountId id, long generation) throws SealBrokenException {
        byte[] openAccess = keyset.open(access, new SealLabel(Kind.ACCESS, id.value(), generation));
        byte[] openRefresh = keyset.open(refresh, new SealLabel(Kind.REFRESH, id.value(), generation));
        return new TokenPair(
                AccessToken.of(new String(openAccess, StandardCharsets.UTF_8)),
                RefreshToken.of(new String(openRefresh, StandardCharsets.UTF_8)));
    }

    /** Opens the pair for a caller of the store. */
    TokenPair open(Keyset keyset, AccountId id, long generation) {
        try {
            return unseal(keyset, id, generation);
        } catch (SealBrokenException e) {
            throw broken(e);
        }
    }

    /** Says that something stored does not open. */
    static StoreUnavailableException broken(SealBrokenException cause) {
        return new StoreUnavailableException(
                cause.getMessage() + ". Its row was changed or moved, or the keyset file is not the one it was sealed"
                        + " with: restore the row or the keyset file from a backup, or connect the account again",
                cause);
    }

    /** Binds the four columns. */
    <S extends SqlStatement<S>> S bindTo(S statement) {
        return statement
                .bind("access", access.bytes())
                .bind("refresh", refresh.bytes())
                .bind("keyId", keyId)
                .bind("fingerprint", fingerprint);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "SealedPair[keyId=" + keyId + "]";
    }
}
