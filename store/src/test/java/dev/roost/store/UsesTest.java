package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UsesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void keepsTheLastUseOfEachAccountForAllProcesses(SqlStoreTest.Kind kind) {
        try (StoreFixture store = kind.open(folder)) {
            AccountId used = connect(store);
            AccountId unused = connect(store);
            Instant began = store.clock().instant();
            assertThat(store.store().uses().lastUse(used)).as("never counted").isEmpty();
            store.clock().advance(Duration.ofHours(3));
            Instant now = store.clock().instant();
            store.store().uses().used(Map.of(used, now, Sample.accountId(), now));
            store.store().uses().used(Map.of(used, began));
            store.reopen();
            assertThat(store.store().uses().lastUse(used)).contains(now);
            assertThat(store.store().uses().lastUse(unused))
                    .as("since when uses are counted")
                    .contains(now);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccountThatSleepsDoesNotExpireSoon(SqlStoreTest.Kind kind) {
        try (StoreFixture store = kind.open(folder)) {
            AccountId id = connect(store);
            store.clock().advance(Duration.ofHours(3));
            Instant now = store.clock().instant();
            assertThat(store.tokens().figures("an-app", now).expiringSoon()).isEqualTo(1);
            Backdoor.of(store.database())
                    .run("UPDATE grants SET due_at = "
                            + now.plus(Duration.ofDays(30)).toEpochMilli() + " WHERE account_id = '" + id + "'");
            assertThat(store.tokens().figures("an-app", now).expiringSoon()).isZero();
            assertThat(store.tokens().figures("an-app", now).earliestExpiry()).isEmpty();
        }
    }

    private static AccountId connect(StoreFixture store) {
        return store.tokens()
                .connect(Sample.signedIn("an-app", Sample.user(), store.clock().instant()))
                .id();
    }
}
