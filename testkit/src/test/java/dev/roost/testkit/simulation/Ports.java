package dev.roost.testkit.simulation;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.ChangeFeed;
import dev.roost.core.IssuedPair;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.Node;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.Settlement;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenPair;
import dev.roost.core.XUser;
import dev.roost.testkit.MemoryStore;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a process asks of its store and its spool, done and noted in the ledger: this is where a pair becomes durable. */
final class Ports {
    private final Seat seat;
    private final Stage stage;
    private final MemoryStore store;

    Ports(Seat seat, Stage stage) {
        this.seat = seat;
        this.stage = stage;
        this.store = stage.store();
    }

    /** Asks the store. */
    Object store(Method method, Object[] arguments) throws ReflectiveOperationException {
        Object result =
                switch (method.getName()) {
                    case "lease" -> lease(method, arguments);
                    case "rotate" -> rotate((Rotation) arguments[0]);
                    case "settle" -> settle((Lease) arguments[0], (Settlement) arguments[1]);
                    default -> method.invoke(store, arguments);
                };
        note(method.getName(), arguments, result);
        return result;
    }

    /** Asks the spool. */
    Object spool(Method method, Object[] arguments) throws ReflectiveOperationException {
        if (method.getName().equals("put")) {
            Rotation rotation = (Rotation) arguments[0];
            seat.tally().count("spool: put");
            if (seat.has(Mutation.FORGETS_THE_SPOOL)) {
                return Void.TYPE;
            }
            issue(rotation.pair().tokens()).ifPresent(issue -> issue.spooled = true);
        }
        Object result = method.invoke(seat.disk(), arguments);
        return result == null ? Void.TYPE : result;
    }

    /** Asks which apps X rejects. */
    Object apps(Method method, Object[] arguments) throws ReflectiveOperationException {
        Object result = method.invoke(stage.apps(), arguments);
        if (method.getName().equals("reject") && Boolean.TRUE.equals(result)) {
            stage.news().tell(new ChangeFeed.Change.AppRejected(ModelX.CLIENT_ID));
        }
        if (method.getName().equals("works") && Boolean.TRUE.equals(result)) {
            stage.news().tell(new ChangeFeed.Change.AppWorks(ModelX.CLIENT_ID));
        }
        return result == null ? Void.TYPE : result;
    }

    private void note(String name, Object[] arguments, Object result) {
        if (result instanceof Lease lease) {
            leased(lease);
        }
        if (result instanceof LeaseAnswer.Granted granted) {
            leased(granted.lease());
        }
        if (result instanceof List<?> many) {
            many.forEach(one -> {
                if (one instanceof Lease lease) {
                    leased(lease);
                }
            });
        }
        if (result instanceof LeaseAnswer answer) {
            seat.tally().count("store: lease " + answer.getClass().getSimpleName());
        }
        if (name.equals("exchanged")) {
            issue(((IssuedPair) arguments[1]).tokens()).ifPresent(issue -> issue.stored = true);
        }
        if (name.equals("disconnect")) {
            stage.news().tell(new ChangeFeed.Change.AccountChanged(((Lease) arguments[0]).id()));
        }
        if (name.equals("admit")) {
            TokenPair tokens = ((SignedIn) arguments[1]).pair().tokens();
            XUser user = ((SignedIn) arguments[1]).user();
            seat.forgets(user);
            stage.news().tell(new ChangeFeed.Change.AccountChanged(stage.account(user)));
            if (result instanceof Optional<?> account && account.isPresent()) {
                issue(tokens).ifPresent(issue -> issue.stored = true);
            } else {
                seat.tally().count("store: sign-in superseded");
            }
        }
    }

    private void leased(Lease lease) {
        if (lease.purpose() == Lease.Purpose.REFRESH) {
            seat.leased(lease.grant().tokens().refresh(), Times.POLICY.leaseLength());
            seat.tally().count(lease.isGuardedRetry() ? "store: guarded retry" : "store: first send");
            stage.generation(lease.grant());
        }
    }

    private Object lease(Method method, Object[] arguments) throws ReflectiveOperationException {
        Object answer = method.invoke(store, arguments);
        if (seat.has(Mutation.KEEPS_NO_JOURNAL) && answer instanceof LeaseAnswer.Granted(Lease real)) {
            stage.unjournaled(real);
        }
        if (!seat.has(Mutation.IGNORES_LEASES)
                || arguments[2] != Lease.Purpose.REFRESH
                || !(answer instanceof LeaseAnswer.Held)) {
            return answer;
        }
        return store.grant((AccountId) arguments[0])
                .<Object>map(grant -> new LeaseAnswer.Granted(new Lease(
                        grant,
                        Lease.Purpose.REFRESH,
                        (Node) arguments[3],
                        0,
                        1,
                        stage.loop().instant(),
                        "x")))
                .orElse(answer);
    }

    private RotateAnswer rotate(Rotation rotation) {
        if (seat.has(Mutation.HANDS_OUT_BEFORE_RECORDING)) {
            return early(rotation);
        }
        RotateAnswer answer = store.rotate(rotation);
        boolean recorded = answer instanceof RotateAnswer.Recorded;
        seat.tally().count("store: rotation " + answer.getClass().getSimpleName());
        issue(rotation.pair().tokens()).ifPresent(issue -> {
            issue.stored |= recorded;
            issue.superseded |= !recorded;
        });
        if (recorded) {
            stage.news().tell(new ChangeFeed.Change.Rotated(rotation.id(), rotation.spent() + 1));
        }
        if (!recorded && seat.has(Mutation.RECORDS_UNCONDITIONALLY)) {
            Account account = store.account(rotation.id()).orElseThrow();
            Account forced = store.connect(new SignedIn(
                    account.id(),
                    account.clientId(),
                    account.user(),
                    rotation.pair(),
                    rotation.nextRefreshAt(),
                    rotation.at(),
                    rotation.node(),
                    "sign-in"));
            return new RotateAnswer.Recorded(store.grant(forced.id()).orElseThrow());
        }
        return answer;
    }

    private RotateAnswer early(Rotation rotation) {
        NodeProcess mine = seat.process();
        stage.loop().after(Duration.ofSeconds(1), () -> {
            if (!mine.dead && store.rotate(rotation) instanceof RotateAnswer.Recorded) {
                issue(rotation.pair().tokens()).ifPresent(issue -> issue.stored = true);
            }
        });
        Account old = store.account(rotation.id()).orElseThrow();
        return new RotateAnswer.Recorded(new dev.roost.core.Grant(
                new Account(
                        old.id(),
                        old.clientId(),
                        old.user(),
                        old.state(),
                        old.scopes(),
                        rotation.spent() + 1,
                        rotation.pair().accessExpiresAt(),
                        old.connectedAt(),
                        rotation.at()),
                rotation.pair().tokens()));
    }

    private boolean settle(Lease lease, Settlement settlement) {
        boolean settled = store.settle(lease, settlement);
        if (settlement instanceof Settlement.Refused && seat.has(Mutation.DELETES_WHAT_IS_REFUSED)) {
            LeaseAnswer answer = store.lease(
                    lease.id(),
                    lease.grant().generation(),
                    Lease.Purpose.DISCONNECT,
                    lease.owner(),
                    Duration.ofSeconds(9));
            if (answer instanceof LeaseAnswer.Granted granted) {
                store.disconnect(granted.lease(), settlement.at(), "refused");
            }
        }
        return settled;
    }

    private Optional<Issue> issue(TokenPair tokens) {
        return stage.x().issueOf(tokens.refresh());
    }
}
