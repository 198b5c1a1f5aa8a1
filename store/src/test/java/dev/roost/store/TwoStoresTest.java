package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.ChangeFeed;
import dev.roost.core.IssuedPair;
import dev.roost.core.RefreshToken;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStore;
import dev.roost.core.SignInStore.ImportAnswer;
import dev.roost.core.SignedIn;
import dev.roost.core.World;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores that share nothing but the database, as two processes do, doing the same at once. */
final class TwoStoresTest {
    private static final int ROUNDS = 40;

    @TempDir
    Path folder;

    @Test
    void sqliteLetsOneImportAToken() throws InterruptedException, ExecutionException {
        oneImports(Database.Sqlite.at(folder.resolve("roost.db")));
    }

    @Test
    void postgresLetsOneImportAToken() throws InterruptedException, ExecutionException {
        oneImports(TestPostgres.newDatabase());
    }

    @Test
    void sqliteLetsOneAdmitAPair() throws InterruptedException, ExecutionException {
        oneAdmits(Database.Sqlite.at(folder.resolve("roost.db")));
    }

    @Test
    void postgresLetsOneAdmitAPair() throws InterruptedException, ExecutionException {
        oneAdmits(TestPostgres.newDatabase());
    }

    @Test
    void sqliteRefusesAKeyAtOnceThatTheOtherRevoked() {
        otherRevokes(Database.Sqlite.at(folder.resolve("roost.db")));
    }

    @Test
    void postgresRefusesAKeyAtOnceThatTheOtherRevoked() {
        otherRevokes(TestPostgres.newDatabase());
    }

    private void otherRevokes(Database database) {
        try (StoreFixture here = fixture(database);
                StoreFixture there = fixture(database)) {
            ApiKeys keysHere = keys(here);
            ApiKeys keysThere = keys(there);
            for (int round = 0; round < ROUNDS; round++) {
                ApiKeys.Created created = keysHere.create("job", Set.of(KeyScope.TOKEN_READ), Set.of(), 0);
                assertThat(keysThere.verify(created.secret())).contains(created.key());
                assertThat(keysThere.verify(created.secret())).contains(created.key());
                keysHere.revoke(created.key().id());
                assertThat(keysThere.verify(created.secret())).isEmpty();
            }
        }
    }

    /** With the feed of the store: on SQLite it answers from memory, on PostgreSQL it was not started. */
    private static ApiKeys keys(StoreFixture fixture) {
        return new ApiKeys(
                fixture.apiKeys(),
                fixture.store().feed(),
                World.real(Sample.node("keys"), fixture.clock(), new SecureRandom()));
    }

    @Test
    void sqliteIsAskedForAKeyOnlyAfterSomethingWasWritten() {
        try (StoreFixture here = fixture(Database.Sqlite.at(folder.resolve("roost.db")));
                StoreFixture there = fixture(Database.Sqlite.at(folder.resolve("roost.db")))) {
            long version = there.store().feed().keysVersion();
            assertThat(version).isNotEqualTo(ChangeFeed.UNKNOWN);
            assertThat(there.store().feed().keysVersion()).isEqualTo(version);
            var _ = keys(here).create("job", Set.of(KeyScope.TOKEN_READ), Set.of(), 0);
            long next = there.store().feed().keysVersion();
            assertThat(next).isNotEqualTo(version);
            var _ = keys(there).create("job", Set.of(KeyScope.TOKEN_READ), Set.of(), 0);
            assertThat(there.store().feed().keysVersion()).isNotEqualTo(next);
        }
    }

    private void oneImports(Database database) throws InterruptedException, ExecutionException {
        try (StoreFixture here = fixture(database);
                StoreFixture there = fixture(database)) {
            for (int round = 0; round < ROUNDS; round++) {
                RefreshToken token = Sample.tokens().refresh();
                boolean whole = round % 2 == 0;
                assertThat(inBoth(here, there, signIns -> spends(signIns, token, whole)))
                        .containsExactlyInAnyOrder(true, false);
            }
        }
    }

    private static boolean spends(SignInStore signIns, RefreshToken token, boolean whole) {
        SignIn signIn = Sample.importOf(Sample.CLIENT, ManualClock.START);
        boolean opened = signIns.openImport(signIn, token) instanceof ImportAnswer.Opened;
        if (opened && whole) {
            IssuedPair pair = Sample.pair(ManualClock.START);
            signIns.exchanged(signIn.id(), pair, ManualClock.START);
            assertThat(signIns.admit(
                            signIn.id(), Sample.signedIn(Sample.CLIENT, pair, ManualClock.START), Optional.empty()))
                    .isPresent();
        }
        return opened;
    }

    private void oneAdmits(Database database) throws InterruptedException, ExecutionException {
        try (StoreFixture here = fixture(database);
                StoreFixture there = fixture(database)) {
            for (int round = 0; round < ROUNDS; round++) {
                SignIn signIn = Sample.importOf(Sample.CLIENT, ManualClock.START);
                IssuedPair pair = Sample.pair(ManualClock.START);
                here.signIns().openImport(signIn, Sample.tokens().refresh());
                here.signIns().exchanged(signIn.id(), pair, ManualClock.START);
                SignedIn signedIn = Sample.signedIn(Sample.CLIENT, pair, ManualClock.START);
                List<Optional<Account>> answers =
                        inBoth(here, there, signIns -> signIns.admit(signIn.id(), signedIn, Optional.empty()));
                assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
                assertThat(here.tokens().account(signedIn.newId()).orElseThrow().generation())
                        .isEqualTo(1);
            }
        }
    }

    private StoreFixture fixture(Database database) {
        return new StoreFixture(database, folder.resolve("keyset.json"));
    }

    private static <T> List<T> inBoth(StoreFixture here, StoreFixture there, Function<SignInStore, T> action)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Callable<T>> callers = new ArrayList<>();
        for (StoreFixture fixture : List.of(here, there)) {
            callers.add(() -> {
                start.await();
                return action.apply(fixture.signIns());
            });
        }
        List<T> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (Future<T> caller : pool.invokeAll(callers)) {
                answers.add(caller.get());
            }
        }
        return answers;
    }
}
