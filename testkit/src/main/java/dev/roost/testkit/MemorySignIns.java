package dev.roost.testkit;

import dev.roost.core.IssuedPair;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignInStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sign-ins of a {@link MemoryStore}. One lock makes every method a transaction. */
final class MemorySignIns implements SignInStore {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** A sign-in with its secrets. */
    private record Row(SignIn signIn, Secret state, Optional<Secret> verifier, Optional<IssuedPair> pair) {
        Row with(SignInStatus status, Optional<Secret> keptVerifier, Optional<IssuedPair> keptPair) {
            SignIn next = new SignIn(
                    signIn.id(),
                    signIn.clientId(),
                    signIn.redirectUri(),
                    signIn.scopes(),
                    signIn.expectedUser(),
                    signIn.createdAt(),
                    signIn.expiresAt(),
                    status);
            return new Row(next, state, keptVerifier, keptPair);
        }
    }

    @Override
    public synchronized void open(SignIn signIn, Secret state, Secret codeVerifier) {
        Row row = new Row(signIn, state, Optional.of(codeVerifier), Optional.empty());
        rows.putIfAbsent(signIn.id(), row.with(new SignInStatus.Pending(), row.verifier(), row.pair()));
    }

    @Override
    public synchronized StateAnswer claim(Secret state, Instant now) {
        return rows.values().stream()
                .filter(row -> row.state().equals(state))
                .findFirst()
                .map(row -> claim(row, now))
                .orElseGet(StateAnswer.Unknown::new);
    }

    private StateAnswer claim(Row row, Instant now) {
        if (row.signIn().status() instanceof SignInStatus.Expired) {
            return new StateAnswer.Expired(row.signIn());
        }
        if (!(row.signIn().status() instanceof SignInStatus.Pending)) {
            return new StateAnswer.Used(row.signIn());
        }
        if (!row.signIn().expiresAt().isAfter(now)) {
            return new StateAnswer.Expired(put(row.with(new SignInStatus.Expired(), Optional.empty(), row.pair())));
        }
        SignIn claimed = put(row.with(new SignInStatus.Exchanging(), row.verifier(), row.pair()));
        return new StateAnswer.Yours(claimed, row.verifier().orElseThrow());
    }

    @Override
    public synchronized void exchanged(String signInId, IssuedPair pair) {
        Row row = existing(signInId);
        if (row.signIn().status() instanceof SignInStatus.Connected) {
            throw new IllegalStateException("sign-in " + signInId + " is connected already; it takes no other pair");
        }
        put(row.with(new SignInStatus.Exchanged(), Optional.empty(), Optional.of(pair)));
    }

    @Override
    public synchronized void finish(String signInId, SignInStatus status) {
        put(existing(signInId).with(status, Optional.empty(), Optional.empty()));
    }

    @Override
    public synchronized Optional<SignIn> signIn(String signInId) {
        return Optional.ofNullable(rows.get(signInId)).map(Row::signIn);
    }

    @Override
    public synchronized List<Unidentified> unidentified(String clientId) {
        return rows.values().stream()
                .filter(row -> row.signIn().clientId().equals(clientId))
                .flatMap(row -> row.pair().map(pair -> new Unidentified(row.signIn(), pair)).stream())
                .toList();
    }

    private Row existing(String signInId) {
        Row row = rows.get(signInId);
        if (row == null) {
            throw new IllegalStateException("there is no sign-in " + signInId + "; open it first");
        }
        return row;
    }

    private SignIn put(Row row) {
        rows.put(row.signIn().id(), row);
        return row.signIn();
    }
}
