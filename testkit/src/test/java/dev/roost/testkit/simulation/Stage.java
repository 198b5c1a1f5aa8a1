package dev.roost.testkit.simulation;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.AppStates;
import dev.roost.core.Grant;
import dev.roost.core.IssuedPair;
import dev.roost.core.Lease;
import dev.roost.core.Node;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.XUser;
import dev.roost.testkit.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What one schedule plays on: the loop, X, the store, the seats, the accounts. */
final class Stage {
    private final Loop loop;
    private final Weather weather;
    private final Mutation mutation;
    private final Tally tally = new Tally();
    private final ModelX x;
    private final MemoryStore store;
    private final AppStates apps;
    private final News news;
    private final List<Seat> seats = new ArrayList<>();
    private final Map<XUser, AccountId> accounts = new LinkedHashMap<>();
    private final Map<AccountId, Integer> disconnects = new HashMap<>();
    /** Which generation a refresh token was when it was about to be sent. */
    private final Map<Issue, Long> generations = new LinkedHashMap<>();

    private final Map<String, Integer> hidden = new HashMap<>();
    private boolean clocksDisagree;

    Stage(long seed, Mutation mutation, boolean keepsLines) {
        this.loop = new Loop(seed, keepsLines);
        this.weather = new Weather(loop.random(), new Random(~seed));
        this.mutation = mutation;
        this.x = new ModelX(loop, weather, tally);
        this.store = new MemoryStore(loop::instant);
        this.apps = store.appStates();
        this.news = new News(loop, loop.random().nextBoolean());
        int seatCount = 2 + loop.random().nextInt(2);
        for (int i = 0; i < seatCount; i++) {
            seats.add(new Seat(this, "node" + i + "-"));
        }
        int accountCount = 1 + loop.random().nextInt(5);
        for (int i = 0; i < accountCount; i++) {
            connect(new XUser(Integer.toString(1001 + i), "user" + i));
        }
    }

    private void connect(XUser user) {
        Issue issue = x.consent(user, null);
        issue.delivered = true;
        issue.stored = true;
        AccountId id = AccountId.random(loop.random());
        store.connect(new SignedIn(
                id,
                ModelX.CLIENT_ID,
                user,
                new IssuedPair(issue.tokens, loop.instant().plus(ModelX.LIFETIME), Scopes.DEFAULT),
                loop.instant().plusSeconds(60 + loop.random().nextInt(40)),
                loop.instant(),
                new Node("setup"),
                "sign-in"));
        accounts.put(user, id);
    }

    /** Which apps X rejects. */
    AppStates apps() {
        return apps;
    }

    News news() {
        return news;
    }

    AccountId account(XUser user) {
        AccountId id = accounts.get(user);
        if (id == null) {
            throw new IllegalStateException(user + " is not of this world");
        }
        return id;
    }

    XUser user(String id) {
        return accounts.keySet().stream()
                .filter(user -> user.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Notes which generation a token is. */
    void generation(Grant grant) {
        x.issueOf(grant.tokens().refresh()).ifPresent(issue -> generations.put(issue, grant.generation()));
    }

    Map<Issue, Long> generations() {
        return generations;
    }

    /** Has the judge not see the entry that a lease wrote. */
    void unjournaled(Lease lease) {
        if (lease.isGuardedRetry()) {
            hidden.merge(key(lease.id(), lease.grant().generation()), 1, Integer::sum);
        }
    }

    /** How often the journal of an account names a repeated send of a generation. */
    long guardedRetries(AccountId id, long generation) {
        return store.events(id, Integer.MAX_VALUE).stream()
                        .filter(event -> event.kind() == AccountEvent.Kind.GUARDED_RETRY)
                        .filter(event -> event.generation() == generation)
                        .count()
                - hidden.getOrDefault(key(id, generation), 0);
    }

    private static String key(AccountId id, long generation) {
        return id + "/" + generation;
    }

    void disconnecting(AccountId id) {
        disconnects.merge(id, 1, Integer::sum);
    }

    boolean wasDisconnected(AccountId id) {
        return disconnects.containsKey(id);
    }

    void clockTurned() {
        clocksDisagree = true;
    }

    boolean clocksDisagree() {
        return clocksDisagree;
    }

    Loop loop() {
        return loop;
    }

    Weather weather() {
        return weather;
    }

    Mutation mutation() {
        return mutation;
    }

    Tally tally() {
        return tally;
    }

    ModelX x() {
        return x;
    }

    MemoryStore store() {
        return store;
    }

    List<Seat> seats() {
        return seats;
    }

    Map<XUser, AccountId> accounts() {
        return accounts;
    }
}
