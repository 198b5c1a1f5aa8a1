package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.Node;
import dev.roost.core.SignInStore;
import dev.roost.core.TokenStore;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.AuditStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * What the contracts of the stores share. A subclass names its store; {@link #clock()} is both the caller's clock and
 * the lease clock. Stores are shared by the tests of a class, so each test makes accounts of its own.
 */
public abstract class StoreContract {
    /** How long leases last here. */
    protected static final Duration LEASE = Duration.ofSeconds(90);
    /** A lease, and the time that its owner has to come back. */
    protected static final Duration FOLLOWED_UP = LEASE.plus(Lease.LONGEST_SILENCE);

    /** The first process. */
    protected final Node one = Sample.node("one");
    /** The second process. */
    protected final Node two = Sample.node("two");
    /** An app that no other test uses. */
    protected final String client = "client-" + Sample.hex(12);

    /** Returns the store under test, the same one for all tests of a class. */
    protected abstract StoreUnderTest store();

    /** Returns its grants. */
    protected final TokenStore tokens() {
        return store().tokens();
    }

    /** Returns its sign-ins. */
    protected final SignInStore signIns() {
        return store().signIns();
    }

    /** Returns its API keys. */
    protected final ApiKeyStore apiKeys() {
        return store().apiKeys();
    }

    /** Returns its audit trail. */
    protected final AuditStore audit() {
        return store().audit();
    }

    /** Returns the clock of the store and of its callers. */
    protected final ManualClock clock() {
        return store().clock();
    }

    /** Closes the store and opens it again on the same data. */
    protected final void reopen() {
        store().reopen();
    }

    /** Returns the time. */
    protected final Instant now() {
        return clock().instant();
    }

    /** Connects a new account under {@link #client}. */
    protected final Account connected() {
        return tokens().connect(Sample.signedIn(client, Sample.user(), now()));
    }

    /** Takes a lease to refresh the generation that the account stands at. */
    protected final Lease leased(AccountId id, Node owner) {
        return leased(id, owner, Lease.Purpose.REFRESH);
    }

    /** Takes a lease on the generation that the account stands at. */
    protected final Lease leased(AccountId id, Node owner, Lease.Purpose purpose) {
        LeaseAnswer answer = tokens().lease(id, account(id).generation(), purpose, owner, LEASE);
        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        return ((LeaseAnswer.Granted) answer).lease();
    }

    /** Takes leases to refresh what is due at a time. */
    protected final List<Lease> claim(Node owner, Instant at, int limit) {
        return tokens().claim(client, at, owner, LEASE, limit, true);
    }

    /** Takes leases to refresh what is due at a time, for a process of its own, and returns whose. */
    protected final List<AccountId> claimed(Instant at, int limit) {
        return claim(Sample.node("claimer"), at, limit).stream().map(Lease::id).toList();
    }

    /** Returns an account that must exist. */
    protected final Account account(AccountId id) {
        return tokens().account(id).orElseThrow();
    }

    /** Returns the kinds in the account's journal, newest first. */
    protected final List<AccountEvent.Kind> journal(AccountId id) {
        return tokens().events(id, 100).stream().map(AccountEvent::kind).toList();
    }

    /** Does the same with each of these at once, and returns what came of it. */
    protected static <A, B> List<B> atOnce(List<A> each, Function<A, B> action)
            throws InterruptedException, ExecutionException {
        List<Callable<B>> callers = new ArrayList<>();
        for (A thing : each) {
            callers.add(() -> action.apply(thing));
        }
        List<B> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<B> caller : pool.invokeAll(callers)) {
                answers.add(caller.get());
            }
        }
        return answers;
    }
}
