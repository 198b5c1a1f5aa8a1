package dev.roost.testkit;

import dev.roost.core.Account;
import dev.roost.core.Holding;
import dev.roost.core.IssuedPair;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignInStore;
import dev.roost.core.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The sign-ins of a {@link MemoryStore}. One lock makes every method a transaction. */
final class MemorySignIns implements SignInStore {
    private static final Duration LONGEST_EXCHANGE = Duration.ofMinutes(2);

    private final Map<String, Row> rows = new LinkedHashMap<>();
    /** The refresh token that a sign-in got last, whatever became of it. */
    private final Map<String, RefreshToken> newest = new HashMap<>();

    private final MemoryTokens tokens;

    MemorySignIns(MemoryTokens tokens) {
        this.tokens = tokens;
    }

    /** A sign-in with its secrets; an import has a token and no state. */
    private record Row(
            SignIn signIn,
            Optional<Secret> state,
            Optional<RefreshToken> imported,
            Optional<Secret> verifier,
            Optional<Waiting> waiting) {
        Row with(SignInStatus status, Optional<Secret> keptVerifier, Optional<Waiting> keptPair) {
            return new Row(signIn.with(status), state, imported, keptVerifier, keptPair);
        }
    }

    private record Waiting(IssuedPair pair, Instant at) {
        boolean holds(RefreshToken token) {
            return pair.tokens().refresh().equals(token);
        }
    }

    @Override
    public synchronized void open(SignIn signIn, Secret state, Secret codeVerifier) {
        Row row = new Row(signIn, Optional.of(state), Optional.empty(), Optional.of(codeVerifier), Optional.empty());
        rows.putIfAbsent(signIn.id(), row.with(new SignInStatus.Pending(), row.verifier(), row.waiting()));
    }

    @Override
    public synchronized StateAnswer claim(Secret state, Instant now) {
        return rows.values().stream()
                .filter(row -> row.state().filter(state::equals).isPresent())
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
            return new StateAnswer.Expired(put(row.with(new SignInStatus.Expired(), Optional.empty(), row.waiting())));
        }
        SignIn claimed = put(row.with(new SignInStatus.Exchanging(), row.verifier(), row.waiting()));
        return new StateAnswer.Yours(claimed, row.verifier().orElseThrow());
    }

    @Override
    public synchronized ImportAnswer openImport(SignIn signIn, RefreshToken token) {
        Row known = rows.get(signIn.id());
        if (known != null) {
            return known.signIn().status() instanceof SignInStatus.Exchanging
                    ? new ImportAnswer.Opened()
                    : new ImportAnswer.UnderWay(known.signIn());
        }
        return holding(signIn.clientId(), token, signIn.createdAt(), row -> !keptItsToken(row))
                .map(MemorySignIns::obstacle)
                .orElseGet(() -> {
                    giveUp(signIn, token);
                    Row row = new Row(signIn, Optional.empty(), Optional.of(token), Optional.empty(), Optional.empty());
                    put(row.with(new SignInStatus.Exchanging(), row.verifier(), row.waiting()));
                    return new ImportAnswer.Opened();
                });
    }

    private static ImportAnswer obstacle(Holding holding) {
        return switch (holding) {
            case Holding.Live live -> new ImportAnswer.Kept(live.account());
            case Holding.Spent spent -> new ImportAnswer.Spent(spent.account(), spent.at());
            case Holding.Importing importing -> new ImportAnswer.UnderWay(importing.signIn());
        };
    }

    /** Returns whose a token is or was, or which import has it. */
    synchronized Optional<Holding> holding(String clientId, RefreshToken token, Instant now) {
        return holding(clientId, token, now, row -> true);
    }

    private Optional<Holding> holding(String clientId, RefreshToken token, Instant now, Predicate<Row> counts) {
        Instant stale = now.minus(LONGEST_EXCHANGE);
        return tokens.holding(clientId, token, now)
                .or(() -> imports(clientId, token)
                        .filter(counts)
                        .filter(row -> row.signIn().status() instanceof SignInStatus.Exchanged
                                || (row.signIn().status() instanceof SignInStatus.Exchanging
                                        && row.signIn().createdAt().isAfter(stale)))
                        .<Holding>map(row -> new Holding.Importing(row.signIn()))
                        .findFirst());
    }

    private void giveUp(SignIn signIn, RefreshToken token) {
        SignInStatus stale = new SignInStatus.Failed(
                "answer_missing",
                "The import was not finished, so the token may be spent. Another import of it has begun.");
        imports(signIn.clientId(), token)
                .filter(row -> row.signIn().status() instanceof SignInStatus.Exchanging)
                .toList()
                .forEach(row -> put(row.with(stale, Optional.empty(), Optional.empty())));
    }

    private Stream<Row> imports(String clientId, RefreshToken token) {
        return rows.values().stream()
                .filter(row -> row.signIn().clientId().equals(clientId))
                .filter(row -> row.imported().filter(token::equals).isPresent());
    }

    @Override
    public synchronized void exchanged(String signInId, IssuedPair pair, Instant at) {
        Row row = existing(signInId);
        if (row.signIn().status() instanceof SignInStatus.Connected) {
            if (pair.tokens().refresh().equals(newest.get(signInId))) {
                return;
            }
            throw new IllegalStateException("sign-in " + signInId + " is connected already; it takes no other pair");
        }
        newest.put(signInId, pair.tokens().refresh());
        put(row.with(new SignInStatus.Exchanged(), Optional.empty(), Optional.of(new Waiting(pair, at))));
    }

    @Override
    public synchronized Optional<Account> admit(
            String signInId, SignedIn signedIn, Optional<SignInStatus.Failed> failure) {
        Row row = rows.get(signInId);
        RefreshToken token = signedIn.pair().tokens().refresh();
        if (row == null || row.waiting().filter(kept -> kept.holds(token)).isEmpty() || isImportedBesides(row, token)) {
            return Optional.empty();
        }
        Optional<Account> keeper =
                tokens.holding(row.signIn().clientId(), token, signedIn.at()).flatMap(Holding::owner);
        if (keeper.isPresent()) {
            finish(signInId, ended(keeper.get(), failure));
            return Optional.empty();
        }
        Optional<Account> account = tokens.admit(signedIn, row.waiting().get().at(), row.imported());
        finish(
                signInId,
                account.map(kept -> ended(kept, failure))
                        .orElseGet(() ->
                                new SignInStatus.Failed("superseded", "a later sign-in of the same user came first")));
        return account;
    }

    private static SignInStatus ended(Account account, Optional<SignInStatus.Failed> failure) {
        return failure.<SignInStatus>map(failed -> failed).orElseGet(() -> new SignInStatus.Connected(account.id()));
    }

    /** Tells whether another import is spending the token, or keeps what it got for it. */
    private boolean isImportedBesides(Row mine, RefreshToken token) {
        return imports(mine.signIn().clientId(), token)
                .filter(row -> !row.signIn().id().equals(mine.signIn().id()))
                .anyMatch(row -> row.signIn().status() instanceof SignInStatus.Exchanging
                        || (row.signIn().status() instanceof SignInStatus.Exchanged && !keptItsToken(row)));
    }

    /** Tells whether X gave an import the same refresh token again: then it is not spent. */
    private static boolean keptItsToken(Row row) {
        return row.imported()
                .filter(token -> row.waiting().filter(kept -> kept.holds(token)).isPresent())
                .isPresent();
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
    public synchronized List<Unidentified> unidentified(String clientId, int limit) {
        return rows.values().stream()
                .filter(row -> row.signIn().clientId().equals(clientId))
                .sorted(Comparator.comparing(row -> row.signIn().createdAt()))
                .flatMap(row ->
                        row.waiting().map(kept -> new Unidentified(row.signIn(), kept.pair(), kept.at())).stream())
                .limit(limit)
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
