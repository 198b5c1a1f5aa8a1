package dev.roost.proof.chaos;

import dev.roost.core.AccessToken;
import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.IssuedPair;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenPair;
import dev.roost.core.XUser;
import dev.roost.proof.chaos.Sends.Send;
import dev.roost.simulator.LedgerRequest;
import dev.roost.simulator.Simulator;
import dev.roost.store.RoostStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * What people do when Roost tells them that a grant is lost. What they are told is judged first: the answer must have been lost
 * for a cause that no client can help.
 */
final class SignIns {
    private static final Random RANDOM = new Random();

    private final RoostStore store;
    private final Simulator x;
    private final Fleet fleet;
    private final Disturbances disturbances;
    private final Sends sends;
    private final Tally tally;
    private final Map<AccountId, Person> people = new HashMap<>();
    private final Map<AccountId, IssuedPair> consented = new HashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    SignIns(
            RoostStore store,
            Simulator x,
            Fleet fleet,
            Disturbances disturbances,
            Sends sends,
            Tally tally,
            List<Person> people) {
        this.store = store;
        this.x = x;
        this.fleet = fleet;
        this.disturbances = disturbances;
        this.sends = sends;
        this.tally = tally;
        people.forEach(person -> this.people.put(person.id(), person));
    }

    /** Signs a user in for the first time. Its first refresh falls into the first half of its token's life. */
    static Person first(RoostStore store, Simulator x, XUser user) {
        x.addUser(user.id(), user.username());
        AccountId id =
                connect(store, user, issue(x, user), ThreadLocalRandom.current().nextDouble());
        return new Person(id, user);
    }

    /** What was lost for no cause that excuses it; empty is what Roost promises. */
    Queue<String> violations() {
        return violations;
    }

    /**
     * Judges every account that is reported lost and signs it in again. While an answer waits in a spool it may still bring a
     * grant back, and nobody signs in.
     */
    void round() {
        try {
            List<Account> accounts = store.tokens().accounts(Scale.CLIENT_ID, Optional.empty(), 100_000);
            if (fleet.spooled() > 0) {
                return;
            }
            for (Account account : accounts) {
                if (account.state() instanceof AccountState.NeedsReauthorization gone) {
                    again(account, gone);
                }
            }
        } catch (StoreUnavailableException e) {
            tally.count("harness: the database was away");
        }
    }

    private void again(Account account, AccountState.NeedsReauthorization gone) {
        Person person = java.util.Objects.requireNonNull(people.get(account.id()));
        if (!consented.containsKey(account.id())) {
            judge(account, gone.cause());
            person.leaves();
            consented.put(account.id(), issue(x, account.user()));
        }
        connect(store, account.user(), java.util.Objects.requireNonNull(consented.get(account.id())), 1);
        consented.remove(account.id());
        person.isBack();
    }

    private void judge(Account account, LossCause cause) {
        String refresh = store.tokens()
                .grant(account.id())
                .map(grant -> grant.tokens().refresh().expose())
                .orElse("");
        Optional<LedgerRequest> spending = x.spending(refresh);
        Optional<Send> send = spending.flatMap(sends::behind);
        // Whoever is told of a lost answer must be told whose; the proxy knows better than any node.
        boolean isNamed = cause instanceof LossCause.AnswerLost(Instant _, String node)
                && send.filter(sender -> isNamed(account, node, sender)).isPresent();
        Optional<String> why = send.filter(_ -> isNamed)
                .flatMap(sender -> disturbances.explain(
                        spending.orElseThrow(),
                        leasedAt(cause, sends.of(refresh).indexOf(sender) == 0, sender),
                        sender));
        if (why.isPresent()) {
            tally.count("lost: " + why.get());
        } else {
            tally.count("lost for no good cause");
            violations.add(account.user() + ", " + account.id() + ", generation " + account.generation() + ": " + cause
                    + "; the token was spent by "
                    + spending.map(r -> "request " + r.number() + " at " + r.time() + ", " + r.outcome() + ", "
                                    + r.fault() + ", answered " + r.answered())
                            .orElse("no request")
                    + "; sends: " + sends.of(refresh));
        }
    }

    /** The cause tells when the lease for the first send began, by the clock of the database. */
    private static Instant leasedAt(LossCause cause, boolean isFirst, Send sender) {
        return isFirst && cause instanceof LossCause.AnswerLost(Instant sentAt, String _) ? sentAt : sender.began();
    }

    /** Whether the sender is the one that the cause names, or made a guarded retry that the journal names. */
    private boolean isNamed(Account account, String node, Send sender) {
        Stream<String> again = store.tokens().events(account.id(), 1_000).stream()
                .filter(event -> event.kind() == AccountEvent.Kind.GUARDED_RETRY)
                .filter(event -> event.generation() == account.generation())
                .map(AccountEvent::node);
        return Stream.concat(Stream.of(node), again).anyMatch(name -> name.startsWith(sender.node() + "-"));
    }

    private static IssuedPair issue(Simulator x, XUser user) {
        dev.roost.simulator.IssuedPair issued = x.issue(Scale.CLIENT_ID, user.id());
        return new IssuedPair(
                new TokenPair(AccessToken.of(issued.accessToken()), RefreshToken.of(issued.refreshToken())),
                Instant.now().plus(x.switches().tokenLifetime()),
                Scopes.DEFAULT);
    }

    private static AccountId connect(RoostStore store, XUser user, IssuedPair pair, double share) {
        Instant now = Instant.now();
        Duration half = Duration.between(now, pair.accessExpiresAt()).dividedBy(2);
        return store.tokens()
                .connect(new SignedIn(
                        AccountId.random(RANDOM),
                        Scale.CLIENT_ID,
                        user,
                        pair,
                        now.plusMillis((long) (half.toMillis() * share)),
                        now,
                        new Node("setup"),
                        "sign-in"))
                .id();
    }
}
