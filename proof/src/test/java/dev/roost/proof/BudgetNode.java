package dev.roost.proof;

import dev.roost.core.AccessToken;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Engine;
import dev.roost.core.Node;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenPace;
import dev.roost.core.TokenPair;
import dev.roost.core.World;
import dev.roost.core.XUser;
import dev.roost.core.limits.FairBudget;
import dev.roost.core.limits.RateBudget;
import dev.roost.core.limits.SharedPace;
import dev.roost.core.limits.SharedWindows;
import dev.roost.simulator.IssuedPair;
import dev.roost.simulator.Simulator;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import dev.roost.x.PostedTweet;
import dev.roost.x.Tweet;
import dev.roost.x.XApi;
import dev.roost.x.XCaller;
import dev.roost.x.XReply;
import dev.roost.x.XSettings;
import dev.roost.x.XSignIn;
import dev.roost.x.XTokenEndpoint;
import dev.roost.x.XTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** One process of Roost inside the test that knows X's limits; its clock is the simulator's. */
final class BudgetNode implements AutoCloseable {
    static final String CLIENT_ID = "budget-app";
    private static final String POST = "POST /2/tweets";

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final Simulator x;
    private final RoostStore store;
    private final XTransport transport;
    private final XApi api;
    private final RateBudget budget;
    private final TokenPace pace;
    private final Engine engine;

    BudgetNode(String name, Database database, Path folder, Simulator x) {
        this.x = x;
        InstantSource clock = x::now;
        LongSupplier nanoTime = () -> Duration.between(Instant.EPOCH, x.now()).toNanos();
        XSettings settings = new XSettings(
                CLIENT_ID, Optional.empty(), x.authorizeUri(), x.uri(), Duration.ofSeconds(5), Duration.ofSeconds(30));
        store = RoostStore.open(database, folder.resolve("keyset.json"), clock);
        SharedWindows windows = new SharedWindows(store.rates(), CLIENT_ID, clock, nanoTime, executor);
        budget = new FairBudget(windows);
        pace = new SharedPace(windows);
        transport = new XTransport(settings, "proof", (route, status, took) -> count(route));
        api = new XApi(settings, transport, clock, budget);
        Random random = new Random(5);
        World world = new World(new Node(name), clock, nanoTime, random, executor, Thread::sleep).paced(pace);
        engine = Engine.assemble(
                store.tokens(),
                store.signIns(),
                store.spool(folder.resolve("spool-" + name)),
                new XTokenEndpoint(settings, transport, clock, random),
                new XSignIn(settings, transport, clock),
                RefreshPolicy.DEFAULT,
                world);
    }

    private void count(String route) {
        if (route.equals(POST)) {
            posts.incrementAndGet();
        } else {
            refreshes.incrementAndGet();
        }
    }

    /** Connects a user, whose token is due and has this long to live. */
    Account connect(String userId, String username, Duration left) {
        IssuedPair pair = x.issue(CLIENT_ID, userId);
        Instant now = x.now();
        return store.tokens()
                .connect(new SignedIn(
                        AccountId.random(new Random(userId.hashCode())),
                        CLIENT_ID,
                        new XUser(userId, username),
                        new dev.roost.core.IssuedPair(
                                new TokenPair(AccessToken.of(pair.accessToken()), RefreshToken.of(pair.refreshToken())),
                                now.plus(left),
                                Scopes.DEFAULT),
                        now,
                        now,
                        new Node("connect"),
                        "sign-in"));
    }

    XReply<PostedTweet> post(Account account, String text) {
        AccessToken token =
                store.tokens().grant(account.id()).orElseThrow().tokens().access();
        return post(account, token, text);
    }

    XReply<PostedTweet> post(Account account, AccessToken token, String text) {
        return api.posts()
                .post(new XCaller(token, Optional.empty(), "", account.id().value()), Tweet.of(text));
    }

    AccessToken token(Account account) {
        return store.tokens().grant(account.id()).orElseThrow().tokens().access();
    }

    /** Tells whether a post would be held back, after a look at what the others know. */
    boolean holds(Account account) {
        return budget.held(POST, account.id().value()).isPresent();
    }

    int postsSent() {
        return posts.get();
    }

    int refreshesSent() {
        return refreshes.get();
    }

    TokenPace pace() {
        return pace;
    }

    Engine engine() {
        return engine;
    }

    RoostStore store() {
        return store;
    }

    @Override
    public void close() {
        engine.stop(Duration.ofSeconds(5));
        transport.close();
        executor.shutdownNow();
        store.close();
    }
}
