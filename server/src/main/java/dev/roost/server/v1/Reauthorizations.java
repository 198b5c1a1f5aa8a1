package dev.roost.server.v1;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Scopes;
import dev.roost.core.SignIn;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInStatus;
import dev.roost.core.StoreUnavailableException;
import dev.roost.server.http.Remedy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Begins the sign-in that brings a lost grant back, and offers the same one to all who ask while it is good for two minutes
 * more. It expects the very user of the account. Safe for many threads.
 */
public final class Reauthorizations implements Remedy {
    private static final int MOST = 1000;
    private static final Duration ENOUGH = Duration.ofMinutes(2);

    private final Setup setup;
    private final ConcurrentHashMap<AccountId, SignInFlow.Started> open = new ConcurrentHashMap<>();

    /** Begins sign-ins there. */
    public Reauthorizations(Setup setup) {
        this.setup = setup;
    }

    /** Empty while the store is away: then a sign-in can neither be begun nor looked at. */
    @Override
    public Optional<URI> reauthorizeUrl(Account account) {
        return signIn(account).map(SignInFlow.Started::authorizationUrl);
    }

    /** Returns the sign-in itself; empty while the store is away. */
    public Optional<SignInFlow.Started> signIn(Account account) {
        if (open.size() >= MOST) {
            open.clear();
        }
        try {
            return Optional.ofNullable(open.compute(account.id(), (id, before) -> fresh(account, before)));
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        }
    }

    private SignInFlow.Started fresh(Account account, SignInFlow.@Nullable Started before) {
        return before != null && isGood(before.signIn()) ? before : begin(account);
    }

    private boolean isGood(SignIn signIn) {
        Instant soon = setup.clock().instant().plus(ENOUGH);
        return !signIn.expiresAt().isBefore(soon)
                && setup.engine()
                        .signInFlow()
                        .find(signIn.id())
                        .filter(found -> found.status() instanceof SignInStatus.Pending)
                        .isPresent();
    }

    private SignInFlow.Started begin(Account account) {
        SignInFlow flow = setup.engine().signInFlow();
        return flow.start(
                setup.callbackUrl(), scopes(account), Optional.of(account.user().id()));
    }

    /** Returns what the account had, and what Roost cannot do without; where X never said what it had, the usual. */
    public Scopes scopes(Account account) {
        if (account.scopes().values().isEmpty()) {
            return setup.scopes();
        }
        TreeSet<String> names = new TreeSet<>(account.scopes().values());
        names.addAll(Wish.NEEDED);
        return new Scopes(names);
    }
}
