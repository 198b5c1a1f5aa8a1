package dev.roost.core;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Decides whether the X user who came back is the one who was meant, and records the account. Safe for many threads. */
final class Admission {
    private static final System.Logger LOG = System.getLogger(Admission.class.getName());

    private final TokenStore store;
    private final SignInStore signIns;
    private final TokenEndpoint tokens;
    private final TokenKeeper keeper;
    private final RefreshTimes times;
    private final World world;

    Admission(
            TokenStore store,
            SignInStore signIns,
            TokenEndpoint tokens,
            TokenKeeper keeper,
            RefreshTimes times,
            World world) {
        this.store = store;
        this.signIns = signIns;
        this.tokens = tokens;
        this.keeper = keeper;
        this.times = times;
        this.world = world;
    }

    /**
     * Records the account, or refuses a user who was not meant. The refused user's pair is kept if Roost has that account
     * anyway, for X has just killed its earlier grant; otherwise it is revoked.
     *
     * @return the sign-in as it ended, here or elsewhere
     */
    SignIn admit(SignIn signIn, XUser user, IssuedPair pair) {
        Optional<String> expected = signIn.expectedUser();
        if (expected.isEmpty() || names(expected.get(), user)) {
            return record(signIn, user, pair, Optional.empty());
        }
        SignInStatus.Failed wrongUser = SignInFailures.wrongUser(expected.get(), user);
        if (store.accountOf(tokens.clientId(), user.id())
                .filter(Admission::isKept)
                .isPresent()) {
            return record(signIn, user, pair, Optional.of(wrongUser));
        }
        signIns.finish(signIn.id(), wrongUser);
        var _ = tokens.revoke(pair.tokens());
        return signIn.with(wrongUser);
    }

    private SignIn record(SignIn signIn, XUser user, IssuedPair pair, Optional<SignInStatus.Failed> failure) {
        Instant now = world.clock().instant();
        SignedIn signedIn = new SignedIn(
                AccountId.random(world.random()),
                tokens.clientId(),
                user,
                pair,
                times.ahead(user.id(), now, pair.accessExpiresAt()),
                now,
                world.node(),
                SignInFlow.isImport(signIn) ? "import" : "sign-in");
        Optional<Account> account = signIns.admit(signIn.id(), signedIn, failure);
        account.ifPresent(this::connected);
        return signIns.signIn(signIn.id()).orElse(signIn);
    }

    private void connected(Account account) {
        keeper.forget(account.id());
        LOG.log(
                System.Logger.Level.INFO,
                "account connected account={0} user=@{1} generation={2} node={3}",
                account.id(),
                account.user().username(),
                Long.toString(account.generation()),
                world.node());
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
