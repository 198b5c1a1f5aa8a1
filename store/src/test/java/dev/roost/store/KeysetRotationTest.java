package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccountId;
import dev.roost.core.Grant;
import dev.roost.core.Holding;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStore.StateAnswer;
import dev.roost.core.Spool;
import dev.roost.testkit.Sample;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysetRotationTest {
    private static final int MANY = 250;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before every test
    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = StoreFixture.sqlite(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void resealsEverythingAndReportsProgress() {
        List<Grant> grants = connect(MANY);
        Secret state = Secret.of("state-" + Sample.hex(32));
        SignIn pending = Sample.signIn(Sample.CLIENT, fixture.clock.instant());
        fixture.signIns().open(pending, state, Secret.of("the-verifier"));
        SignIn exchanged = Sample.signIn(Sample.CLIENT, fixture.clock.instant());
        fixture.signIns().open(exchanged, Secret.of("other-" + Sample.hex(32)), Secret.of("verifier"));
        fixture.signIns().exchanged(exchanged.id(), Sample.pair(fixture.clock.instant()), fixture.clock.instant());

        List<String> progress = new ArrayList<>();
        var outcome = fixture.store().keysetRotation().run((done, total) -> progress.add(done + "/" + total));

        assertThat(outcome).isEqualTo(new KeysetRotation.Outcome(true, MANY + 2, 0, true));
        assertThat(progress).containsExactly("100/252", "200/252", "250/252", "252/252");
        assertThat(keyIdsInUse()).isEqualTo("1");
        assertAllOpen(grants);
        assertThat(fixture.signIns().claim(state, fixture.clock.instant())).isInstanceOf(StateAnswer.Yours.class);
        assertThat(fixture.signIns().unidentified(Sample.CLIENT, 10)).hasSize(1);
        fixture.reopen();
        assertAllOpen(grants);
    }

    @Test
    void interruptedRotationIsResumedWithoutAnotherKey() throws IOException {
        List<Grant> grants = connect(MANY);
        assertThatThrownBy(() -> fixture.store().keysetRotation().run((_, _) -> {
                    throw new IllegalStateException("cut off");
                }))
                .hasMessage("cut off");
        assertThat(keyIdsInUse()).isEqualTo("2");
        assertAllOpen(grants);
        String json = Files.readString(folder.resolve("keyset.json"));
        fixture.reopen();
        var outcome = fixture.store().keysetRotation().run((_, _) -> {});
        assertThat(outcome).isEqualTo(new KeysetRotation.Outcome(false, MANY - 100, 0, true));
        assertThat(Files.readString(folder.resolve("keyset.json"))).isEqualTo(json);
        assertThat(keyIdsInUse()).isEqualTo("1");
        assertAllOpen(grants);
        assertThat(fixture.store().keysetRotation().run((_, _) -> {}).keyAdded())
                .isTrue();
    }

    @Test
    void interruptedThreadStopsBetweenBatches() {
        connect(MANY);
        var outcome = fixture.store()
                .keysetRotation()
                .run((_, _) -> Thread.currentThread().interrupt());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isEqualTo(new KeysetRotation.Outcome(true, 100, 0, false));
    }

    @Test
    void otherProcessesGoOnWhileKeysRotate() throws InterruptedException, ExecutionException {
        List<AccountId> ids = connect(20).stream().map(Grant::id).toList();
        AtomicBoolean done = new AtomicBoolean();
        try (StoreFixture other = StoreFixture.sqlite(folder);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> writer = pool.submit(() -> rotateUntil(other, ids, done));
            for (int round = 0; round < 5; round++) {
                fixture.store().keysetRotation().run((_, _) -> {});
            }
            done.set(true);
            assertThat(writer.get()).isPositive();
            for (AccountId id : ids) {
                assertThat(fixture.tokens().grant(id))
                        .isEqualTo(other.tokens().grant(id))
                        .isPresent();
            }
        }
    }

    @Test
    void secondRotationAtOnceIsRefused() throws IOException {
        try (FileChannel channel = DurableFiles.openLockFile(folder.resolve("keyset.json.lock"));
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> fixture.store().keysetRotation().run((_, _) -> {}))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("being rotated by another process");
        }
    }

    @Test
    void rowThatDoesNotOpenIsLeftAndCounted() {
        connect(3);
        TestFiles.tamper(
                folder.resolve("roost.db"),
                "UPDATE grants SET access_sealed = refresh_sealed WHERE account_id = (SELECT min(account_id) FROM grants)");
        var outcome = fixture.store().keysetRotation().run((_, _) -> {});
        assertThat(outcome).isEqualTo(new KeysetRotation.Outcome(true, 2, 1, true));
    }

    @Test
    void spooledAnswerOpensAfterARotation() {
        Spool spool = fixture.store().spool(folder.resolve("spool"));
        var rotation = Sample.rotation(Sample.accountId(), 3, fixture.clock.instant(), Sample.node("node"));
        spool.put(rotation);
        fixture.store().keysetRotation().run((_, _) -> {});
        fixture.reopen();
        assertThat(fixture.store().spool(folder.resolve("spool")).entries()).containsExactly(rotation);
    }

    @Test
    void holderIsFoundAfterARotation() {
        Grant grant = connect(1).getFirst();
        fixture.store().keysetRotation().run((_, _) -> {});
        fixture.reopen();
        assertThat(fixture.tokens().holding(Sample.CLIENT, grant.tokens().refresh(), fixture.clock.instant()))
                .contains(new Holding.Live(grant.account()));
    }

    private static int rotateUntil(StoreFixture store, List<AccountId> ids, AtomicBoolean done) {
        int rotations = 0;
        do {
            for (AccountId id : ids) {
                Grant grant = store.tokens().grant(id).orElseThrow();
                var answer = store.tokens()
                        .rotate(Sample.rotation(id, grant.generation(), store.clock.instant(), Sample.node("w")));
                rotations += answer instanceof RotateAnswer.Recorded ? 1 : 0;
            }
        } while (!done.get());
        return rotations;
    }

    private List<Grant> connect(int count) {
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var signedIn = Sample.signedIn(Sample.CLIENT, Sample.user(), fixture.clock.instant());
            grants.add(new Grant(
                    fixture.tokens().connect(signedIn), signedIn.pair().tokens()));
        }
        return grants;
    }

    private void assertAllOpen(List<Grant> grants) {
        for (Grant grant : grants) {
            assertThat(fixture.tokens().grant(grant.id())).contains(grant);
        }
    }

    private String keyIdsInUse() {
        return TestFiles.ask(
                folder.resolve("roost.db"),
                "SELECT count(DISTINCT key_id) FROM (SELECT key_id FROM grants UNION SELECT key_id FROM sign_ins)");
    }
}
