package dev.roost.server.mcp.accounts;

import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.SignIn;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sign-ins that sessions began and have not heard the end of. A client that was only shown the page calls again, with nothing
 * in its hands: it must find the sign-in that the person has finished meanwhile, and not begin another. Safe for many threads.
 */
final class OpenSignIns {
    private static final int MOST = 1000;
    private static final Duration ENOUGH = Duration.ofMinutes(2);

    private final Means means;
    private final ConcurrentHashMap<String, SignInFlow.Started> open = new ConcurrentHashMap<>();

    OpenSignIns(Means means) {
        this.means = means;
    }

    /**
     * Returns what was begun under this name, as it stands now; empty if that is of no use any more.
     *
     * @param name made of the session and of what it wished
     */
    Optional<SignInFlow.Started> find(String name) {
        return Optional.ofNullable(open.get(name)).flatMap(this::now);
    }

    private Optional<SignInFlow.Started> now(SignInFlow.Started begun) {
        return means.setup()
                .engine()
                .signInFlow()
                .find(begun.signIn().id())
                .filter(this::isOfUse)
                .map(signIn -> new SignInFlow.Started(signIn, begun.authorizationUrl()));
    }

    /** Keeps one, instead of another of the same name. */
    void keep(String name, SignInFlow.Started begun) {
        if (open.size() >= MOST) {
            open.clear();
        }
        open.put(name, begun);
    }

    /** Forgets a sign-in whose end was told, or of which the person wants nothing. */
    void forget(String id) {
        open.values().removeIf(begun -> begun.signIn().id().equals(id));
    }

    private boolean isOfUse(SignIn signIn) {
        return switch (signIn.status()) {
            case SignInStatus.Pending s ->
                signIn.expiresAt().isAfter(means.clock().instant().plus(ENOUGH));
            case SignInStatus.Exchanging s -> true;
            case SignInStatus.Exchanged s -> true;
            case SignInStatus.Connected s ->
                signIn.expiresAt().isAfter(means.clock().instant()) && isUsable(s.account());
            case SignInStatus.Denied s -> false;
            case SignInStatus.Expired s -> false;
            case SignInStatus.Failed s -> false;
        };
    }

    /** An account that was lost or taken out since needs its person again. */
    private boolean isUsable(AccountId id) {
        return switch (means.accounts().find(id.value()).state()) {
            case AccountState.Active s -> true;
            case AccountState.Uncertain s -> true;
            case AccountState.NeedsReauthorization s -> false;
            case AccountState.Disconnected s -> false;
        };
    }
}
