package dev.roost.core;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Decides whether the X user who came back is the one who was meant, and records the account. Safe for many threads. */
final class Admission {
    private final TokenStore store;
    private final TokenEndpoint tokens;
    private final TokenKeeper keeper;
    private final RefreshTimes times;
    private final World world;

    Admission(TokenStore store, TokenEndpoint tokens, TokenKeeper keeper, RefreshTimes times, World world) {
        this.store = store;
        this.tokens = tokens;
        this.keeper = keeper;
        this.times = times;
        this.world = world;
    }

    /**
     * Records the account, or refuses a user who was not meant. The refused user's pair is kept if Roost has that
     * account anyway, for X has just killed its earlier grant; otherwise it is revoked.
     */
    SignInStatus admit(SignIn signIn, XUser user, IssuedPair pair) {
        Optional<String> expected = signIn.expectedUser();
        if (expected.isEmpty() || names(expected.get(), user)) {
            return new SignInStatus.Connected(record(signIn, user, pair).id());
        }
        if (store.accountOf(tokens.clientId(), user.id())
                .filter(Admission::isKept)
                .isPresent()) {
            var _ = record(signIn, user, pair);
        } else {
            var _ = tokens.revoke(pair.tokens());
        }
        return SignInFailures.wrongUser(expected.get(), user);
    }

    private Account record(SignIn signIn, XUser user, IssuedPair pair) {
        Instant now = world.clock().instant();
        Account account = store.connect(new SignedIn(
                AccountId.random(world.random()),
                tokens.clientId(),
                user,
                pair,
                times.ahead(user.id(), now, pair.accessExpiresAt()),
                now,
                world.node(),
                signIn.redirectUri().getScheme().equals("import") ? "import" : "sign-in"));
        keeper.forget(account.id());
        return account;
    }

    private static boolean isKept(Account account) {
        return !(account.state() instanceof AccountState.Disconnected);
    }

    private static boolean names(String expected, XUser user) {
        String name = expected.startsWith("@") ? expected.substring(1) : expected;
        return name.equals(user.id())
                || name.toLowerCase(Locale.ROOT).equals(user.username().toLowerCase(Locale.ROOT));
    }
}
