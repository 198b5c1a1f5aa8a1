package dev.roost.testkit;

import dev.roost.core.AccessToken;
import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.Rotation;
import dev.roost.core.Scopes;
import dev.roost.core.SignIn;
import dev.roost.core.SignInOrigin;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenPair;
import dev.roost.core.XUser;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.KeyDigest;
import dev.roost.core.access.KeyScope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Plausible things to put into a store, every one of them unlike all others. */
public final class Sample {
    /** An app. */
    public static final String CLIENT = "TestClientOne";
    /** Another app. */
    public static final String OTHER_CLIENT = "TestClientTwo";
    /** How long X lets an access token live. */
    public static final Duration ACCESS_LIFETIME = Duration.ofHours(2);

    private static final AtomicLong COUNT = new AtomicLong(System.nanoTime());

    private Sample() {}

    /** Returns a user with a new id and name. */
    public static XUser user() {
        long number = next();
        return new XUser(Long.toString(number), "user_" + number % 1_000_000_000);
    }

    /** Returns a new account id. */
    public static AccountId accountId() {
        return new AccountId("acc_" + hex(20));
    }

    /** Returns a new node with this name. */
    public static Node node(String name) {
        return new Node(name + "-" + hex(8));
    }

    /** Returns tokens that nobody has. */
    public static TokenPair tokens() {
        return new TokenPair(AccessToken.of("at:1:" + hex(32)), RefreshToken.of("rt:1:" + hex(32)));
    }

    /** Returns a pair issued at this moment. */
    public static IssuedPair pair(Instant at) {
        return new IssuedPair(tokens(), at.plus(ACCESS_LIFETIME), Scopes.DEFAULT);
    }

    /** Returns a sign-in of a user at this moment, due for refresh an hour later. */
    public static SignedIn signedIn(String clientId, XUser user, Instant at) {
        return new SignedIn(
                accountId(), clientId, user, pair(at), at.plus(Duration.ofHours(1)), at, node("sample"), "sign-in");
    }

    /** Returns a sign-in of a new user with this pair. */
    public static SignedIn signedIn(String clientId, IssuedPair pair, Instant at) {
        SignedIn sample = signedIn(clientId, user(), at);
        return new SignedIn(
                sample.newId(), clientId, sample.user(), pair, sample.nextRefreshAt(), at, sample.node(), "import");
    }

    /** Returns an answer of X that spent this generation, received at this moment, due again an hour later. */
    public static Rotation rotation(AccountId id, long spent, Instant at, Node node) {
        return new Rotation(id, spent, pair(at), at.plus(Duration.ofHours(1)), at, Duration.ofMillis(321), node);
    }

    /** Returns a sign-in that waits for ten minutes. */
    public static SignIn signIn(String clientId, Instant at) {
        return new SignIn(
                "con_" + hex(20),
                clientId,
                URI.create("http://127.0.0.1:8080/callback?x=1"),
                Scopes.DEFAULT,
                Optional.empty(),
                SignInOrigin.NO_PROGRAM,
                at,
                at.plus(Duration.ofMinutes(10)),
                new SignInStatus.Pending());
    }

    /** Returns a sign-in that a program asked for. */
    public static SignIn signInForProgram(String clientId, Instant at) {
        SignIn sample = signIn(clientId, at);
        SignInOrigin origin = new SignInOrigin(
                Optional.of("Kundin Ä \u2764"),
                Optional.of(URI.create("https://app.example.com/done?x=1")),
                Optional.of(hex(10)));
        return new SignIn(
                sample.id(),
                clientId,
                sample.redirectUri(),
                sample.scopes(),
                Optional.of("@ada"),
                origin,
                at,
                sample.expiresAt(),
                sample.status());
    }

    /** Returns an import, exchanging. */
    public static SignIn importOf(String clientId, Instant at) {
        return new SignIn(
                "con_" + hex(20),
                clientId,
                URI.create("import:token"),
                Scopes.of(),
                Optional.empty(),
                SignInOrigin.NO_PROGRAM,
                at,
                at.plus(Duration.ofMinutes(10)),
                new SignInStatus.Exchanging());
    }

    /** Returns a key for all accounts, without a limit. */
    public static ApiKey apiKey(Instant at) {
        return new ApiKey(hex(10), "a program", Set.of(KeyScope.ACCOUNTS_READ), Set.of(), 0, at, Optional.empty());
    }

    /** Returns the digest of a secret that nobody has. */
    public static KeyDigest digest() {
        return KeyDigest.of(hex(32).getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns random hexadecimal digits, at most 32. */
    public static String hex(int length) {
        return UUID.randomUUID().toString().replace("-", "").substring(0, length);
    }

    private static long next() {
        return COUNT.incrementAndGet() & 0x0fff_ffff_ffff_ffffL;
    }
}
