package dev.roost.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccountId;
import dev.roost.core.ChangeFeed;
import dev.roost.core.Secret;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.World;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.testkit.Faults;
import dev.roost.testkit.FaultyKeys;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryStore;
import dev.roost.testkit.MemoryStore.Outage;
import dev.roost.testkit.Sample;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class ApiKeysTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final ApiKeys keys = another();

    @Test
    void everyKeyHasItsOwnIdAndSecretAndShowsNone() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ApiKeys.Created created = created();
            String text = created.secret().expose();
            assertThat(text)
                    .matches("roost_[0-9a-z]{10}_[0-9A-Za-z]{43}")
                    .contains("_" + created.key().id() + "_");
            assertThat(created.toString()).doesNotContain(text.substring(17));
            assertThat(store.apiKeys().find(created.key().id()).toString()).doesNotContain(text.substring(17));
            assertThat(seen.add(text) && seen.add(text.substring(17))).isTrue();
        }
    }

    @Test
    void keyIsRefusedWhenAnyCharacterDiffers() {
        String text = created().secret().expose();
        assertThat(keys.verify(Secret.of(text + "\n"))).isPresent();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(keys.verify(Secret.of(text.substring(0, i) + other + text.substring(i + 1))))
                    .as("differs at %d", i)
                    .isEmpty();
        }
        for (String wrong :
                List.of(text + "x", text.substring(1), text.replace('_', '-'), "Bearer " + text, "roost_")) {
            assertThat(keys.verify(Secret.of(wrong))).isEmpty();
        }
    }

    @Test
    void keyOfAnotherIdDoesNotOpenThisOne() {
        String one = created().secret().expose();
        String two = created().secret().expose();
        assertThat(keys.verify(Secret.of(one.substring(0, 17) + two.substring(17))))
                .isEmpty();
    }

    @Test
    void revokedKeyIsRefusedAtOnceByEveryProcess() {
        ApiKeys there = another();
        ApiKeys.Created created = created();
        assertThat(there.verify(created.secret())).contains(created.key());
        keys.revoke(created.key().id());
        assertThat(there.verify(created.secret())).isEmpty();
        assertThat(keys.revoke("0000000000")).isEmpty();
    }

    @Test
    void keyFoundGoodLatelyIsTakenWhileTheStoreIsAway() {
        Secret secret = created().secret();
        assertThat(keys.verify(secret)).isPresent();
        store.outage(Outage.BEFORE);
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(keys.verify(secret)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertAway(secret);
        clock.advance(Duration.ofHours(-1));
        assertAway(secret);
    }

    @Test
    void aSilentStoreKeepsNobodyWhoseKeyWasFoundGoodLately() throws InterruptedException {
        Faults faults = new Faults();
        ApiKeys asking = through(faults, duration -> Thread.sleep(duration));
        ApiKeys.Created created = created();
        assertThat(asking.verify(created.secret())).contains(created.key());
        faults.plan("before find", Faults.Effect.HANG, Integer.MAX_VALUE);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                callers.execute(() -> asking.current(created.key().id()));
            }
        }
        assertThat(asking.verify(created.secret()))
                .as("while answers of the store are outstanding")
                .contains(created.key());
        faults.gate().awaitHeld(16);
        keys.revoke(created.key().id());
        faults.gate().open();
        await(() -> asking.verify(created.secret()).isEmpty());
    }

    @Test
    void anAnswerThatHangsConcernsNobodyElseAndDoesNotBringARevokedKeyBack() throws InterruptedException {
        Faults faults = new Faults();
        ApiKeys asking = through(faults, new Patient());
        ApiKeys.Created created = created();
        asking.verify(created.secret());
        faults.plan("after find", Faults.Effect.HANG, 1);
        AtomicReference<Optional<ApiKey>> found = new AtomicReference<>();
        Thread first = new Thread(() -> found.set(asking.verify(created.secret())));
        first.start();
        faults.gate().awaitHeld(1);
        keys.revoke(created.key().id());
        assertThat(asking.verify(created.secret()))
                .as("revoked before it was presented")
                .isEmpty();
        faults.gate().open();
        first.join();
        assertThat(found.get()).as("presented before it was revoked").contains(created.key());
        store.outage(Outage.BEFORE);
        assertThatThrownBy(() -> asking.verify(created.secret())).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void whatIsRevokedHereIsNotBroughtBackByALateAnswer() throws InterruptedException {
        Faults faults = new Faults();
        ApiKeys asking = through(faults, new Patient());
        ApiKeys.Created created = created();
        faults.plan("after find", Faults.Effect.HANG, 1);
        Thread first = new Thread(() -> asking.verify(created.secret()));
        first.start();
        faults.gate().awaitHeld(1);
        asking.revoke(created.key().id());
        faults.gate().open();
        first.join();
        store.outage(Outage.BEFORE);
        assertThatThrownBy(() -> asking.verify(created.secret())).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void whatIsWrongWithTheStoreIsNotTakenForAnOutage() {
        Faults faults = new Faults();
        ApiKeys asking = through(faults, new Patient());
        Secret secret = created().secret();
        asking.verify(secret);
        faults.plan("before find", Faults.Effect.CRASH, 1);
        assertThatThrownBy(() -> asking.verify(secret)).hasRootCauseMessage("crashed at before find");
    }

    @Test
    void outageDoesNotProlongTheTrust() {
        Secret secret = created().secret();
        keys.verify(secret);
        store.outage(Outage.BEFORE);
        for (int minute = 0; minute < 9; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(keys.verify(secret)).isPresent();
        }
        clock.advance(Duration.ofMinutes(1));
        assertAway(secret);
    }

    @Test
    void keyNeverSeenOrWrongIsNotTakenWhileTheStoreIsAway() {
        Secret secret = created().secret();
        String text = secret.expose();
        Secret wrong =
                Secret.of(text.substring(0, 17) + created().secret().expose().substring(17));
        store.outage(Outage.BEFORE);
        assertAway(secret);
        store.outage(Outage.NONE);
        keys.verify(secret);
        store.outage(Outage.BEFORE);
        assertAway(wrong);
        assertThat(keys.verify(Secret.of("no key at all"))).isEmpty();
    }

    @Test
    void keyKnownToBeRevokedIsNotTakenWhileTheStoreIsAway() {
        ApiKeys there = another();
        ApiKeys.Created created = created();
        keys.verify(created.secret());
        there.verify(created.secret());
        keys.revoke(created.key().id());
        assertThat(there.verify(created.secret())).isEmpty();
        store.outage(Outage.BEFORE);
        assertAway(created.secret());
        assertThatThrownBy(() -> there.verify(created.secret())).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void adminMayDoEverythingAndOthersWhatTheySay() {
        ApiKey admin = keys.create("root", Set.of(KeyScope.ADMIN), Set.of(), 0).key();
        assertThat(KeyScope.values()).allMatch(admin::allows);
        ApiKey reader =
                keys.create("reader", Set.of(KeyScope.X_READ), Set.of(), 0).key();
        assertThat(KeyScope.values()).filteredOn(reader::allows).containsExactly(KeyScope.X_READ);
    }

    @Test
    void keyCoversItsAccountsOrAll() {
        AccountId mine = Sample.accountId();
        ApiKey limited =
                keys.create("one", Set.of(KeyScope.X_READ), Set.of(mine), 60).key();
        assertThat(limited.covers(mine)).isTrue();
        assertThat(limited.covers(Sample.accountId())).isFalse();
        assertThat(created().key().covers(mine)).isTrue();
    }

    @Test
    void wrongValuesAreNamedWithWhatIsAllowed() {
        assertThatThrownBy(() -> KeyScope.parse("accounts"))
                .hasMessage("there is no key scope \"accounts\"; allowed: accounts:read, accounts:write, token:read,"
                        + " x:read, x:write, admin");
        assertThatThrownBy(() -> keys.create(" ", Set.of(KeyScope.ADMIN), Set.of(), 0))
                .hasMessage("the name of a key has no characters; allowed: 1 to 60 printable ones");
        assertThatThrownBy(() -> keys.create("x".repeat(61), Set.of(KeyScope.ADMIN), Set.of(), 0))
                .hasMessage("the name of a key has 61 characters; allowed: 1 to 60 printable ones");
        assertThatThrownBy(() -> keys.create("a\u202Eb", Set.of(KeyScope.ADMIN), Set.of(), 0))
                .hasMessageContaining("the character U+202E");
        assertThatThrownBy(() -> keys.create("a", Set.of(), Set.of(), 0)).hasMessageContaining("no scope");
        assertThatThrownBy(() -> keys.create("a", Set.of(KeyScope.ADMIN), Set.of(), -1))
                .hasMessageContaining("are -1; allowed: 1 or more, or 0");
        assertThat(keys.create(" \uD83E\uDD89".repeat(30), Set.of(KeyScope.ADMIN), Set.of(), 0)
                        .key()
                        .name())
                .startsWith("\uD83E\uDD89");
        assertThat(store.apiKeys().all()).hasSize(1);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void assertAway(Secret secret) {
        assertThatThrownBy(() -> keys.verify(secret))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("does not answer");
    }

    private ApiKeys.Created created() {
        return keys.create("a job", Set.of(KeyScope.X_WRITE), Set.of(), 0);
    }

    /** Waits as long as it takes. */
    private static final class Patient implements World.Sleeper {
        @Override
        public void sleep(Duration duration) {}

        @Override
        public boolean await(CompletableFuture<?> future, Duration atMost) {
            future.handle((done, failure) -> true).join();
            return true;
        }
    }

    private ApiKeys through(Faults faults, World.Sleeper sleeper) {
        World world = new World(
                Sample.node("keys"),
                clock,
                System::nanoTime,
                new SecureRandom(),
                Executors.newVirtualThreadPerTaskExecutor(),
                sleeper);
        return new ApiKeys(new FaultyKeys(store.apiKeys(), faults), ChangeFeed.NONE, world);
    }

    private ApiKeys another() {
        return new ApiKeys(store.apiKeys(), clock, new SecureRandom());
    }
}
