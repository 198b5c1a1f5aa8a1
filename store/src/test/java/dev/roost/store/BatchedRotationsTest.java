package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are recorded in one transaction stand as if each had come alone. */
@Timeout(60)
final class BatchedRotationsTest {
    private static final int MANY = 150;

    @TempDir
    Path folder;

    private StoreFixture open(SqlStoreTest.Kind kind) {
        return switch (kind) {
            case SQLITE -> StoreFixture.sqlite(folder);
            case POSTGRES -> new StoreFixture(TestPostgres.newDatabase(), folder.resolve("keyset.json"));
        };
    }

    private static List<AccountId> connected(StoreFixture fixture) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> fixture.tokens()
                        .connect(Sample.signedIn(Sample.CLIENT, Sample.user(), fixture.clock.instant()))
                        .id())
                .toList();
    }

    private static List<RotateAnswer> record(StoreFixture fixture, List<Rotation> rotations) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RotateAnswer>> flights = new ArrayList<>();
            for (Rotation rotation : rotations) {
                flights.add(threads.submit(() -> fixture.tokens().rotate(rotation)));
            }
            List<RotateAnswer> answers = new ArrayList<>();
            for (Future<RotateAnswer> flight : flights) {
                answers.add(flight.get());
            }
            return answers;
        }
    }

    /** Each answer comes twice, one in three comes too late, and one in five is for an account that nobody knows. */
    @ParameterizedTest
    @EnumSource
    void answersThatComeAtOnceAreAllRecordedAndWrittenOnce(SqlStoreTest.Kind kind) throws Exception {
        try (StoreFixture fixture = open(kind)) {
            List<AccountId> ids = connected(fixture);
            List<Rotation> good = ids.stream()
                    .map(id -> Sample.rotation(id, 1, fixture.clock.instant(), Sample.node("one")))
                    .toList();
            List<Rotation> all = new ArrayList<>(good);
            all.addAll(good);
            for (int i = 0; i < MANY; i++) {
                if (i % 3 == 0) {
                    all.add(Sample.rotation(ids.get(i), 0, fixture.clock.instant(), Sample.node("late")));
                }
                if (i % 5 == 0) {
                    all.add(Sample.rotation(Sample.accountId(), 1, fixture.clock.instant(), Sample.node("lost")));
                }
            }
            Collections.shuffle(all, new Random(5));
            List<RotateAnswer> answers = record(fixture, all);
            for (int i = 0; i < all.size(); i++) {
                Rotation rotation = all.get(i);
                if (good.contains(rotation)) {
                    assertThat(answers.get(i))
                            .isEqualTo(new RotateAnswer.Recorded(
                                    fixture.tokens().grant(rotation.id()).orElseThrow()));
                    assertThat(fixture.tokens()
                                    .grant(rotation.id())
                                    .orElseThrow()
                                    .tokens())
                            .isEqualTo(rotation.pair().tokens());
                } else {
                    assertThat(answers.get(i)).isEqualTo(new RotateAnswer.Superseded());
                }
            }
            for (int i = 0; i < MANY; i++) {
                assertThat(fixture.tokens().events(ids.get(i), 9))
                        .extracting(AccountEvent::kind)
                        .filteredOn(made -> made == AccountEvent.Kind.ROTATED)
                        .hasSize(1);
            }
            fixture.store().logProof().all(found -> assertThat(found.broken()).isEmpty());
        }
    }
}
