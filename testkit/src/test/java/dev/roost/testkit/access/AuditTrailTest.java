package dev.roost.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccountId;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.access.AuditTrail;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryStore;
import dev.roost.testkit.MemoryStore.Outage;
import dev.roost.testkit.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

final class AuditTrailTest {
    private static final int ALL = 100_000;

    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final AuditTrail trail = new AuditTrail(store.audit(), clock);

    @Test
    void equalCallsSinceTheLastFlushAreOneRow() {
        Optional<AccountId> account = Optional.of(Sample.accountId());
        trail.note("abcdefghij", account, "token", "ok");
        clock.advance(Duration.ofMillis(400));
        trail.note("loopback", Optional.empty(), "token", "ok");
        clock.advance(Duration.ofMillis(500));
        trail.note("abcdefghij", account, "token", "ok");
        assertThat(store.audit().newest(ALL)).isEmpty();
        assertThat(trail.flush()).isTrue();
        assertThat(store.audit().newest(ALL))
                .containsExactly(
                        new AuditEntry(ManualClock.START, clock.instant(), "abcdefghij", account, "token", "ok", 2),
                        new AuditEntry(
                                ManualClock.START.plusMillis(400),
                                ManualClock.START.plusMillis(400),
                                "loopback",
                                Optional.empty(),
                                "token",
                                "ok",
                                1));
        assertThat(trail.flush()).isTrue();
        assertThat(store.audit().newest(ALL)).hasSize(2);
    }

    @Test
    void nothingIsDroppedWhileTheStoreIsAway() {
        note("token");
        store.outage(Outage.BEFORE);
        assertThat(trail.flush()).isFalse();
        clock.advance(Duration.ofMinutes(5));
        note("token");
        assertThat(trail.flush()).isFalse();
        store.outage(Outage.NONE);
        assertThat(trail.flush()).isTrue();
        assertThat(store.audit().newest(ALL)).singleElement().satisfies(entry -> {
            assertThat(entry.count()).isEqualTo(2);
            assertThat(entry.first()).isEqualTo(ManualClock.START);
            assertThat(entry.last()).isEqualTo(clock.instant());
        });
    }

    @Test
    void missedAnswerCountsTwiceRatherThanNever() {
        note("token");
        store.outage(Outage.AFTER);
        assertThat(trail.flush()).isFalse();
        store.outage(Outage.NONE);
        assertThat(trail.flush()).isTrue();
        assertThat(store.audit().newest(ALL)).hasSize(2);
    }

    @Test
    void tooManyDifferentCallsAreCountedAsOverflowAndComplainedOfOnce() {
        store.outage(Outage.BEFORE);
        List<String> complaints = new ArrayList<>();
        Handler listener = listener(complaints);
        Logger logger = Logger.getLogger(AuditTrail.class.getName());
        logger.addHandler(listener);
        try {
            for (int i = 0; i < 10_500; i++) {
                note("operation " + i);
            }
            note("operation 0");
            assertThat(trail.flush()).isFalse();
            note("yet another");
        } finally {
            logger.removeHandler(listener);
        }
        store.outage(Outage.NONE);
        assertThat(trail.flush()).isTrue();
        List<AuditEntry> entries = store.audit().newest(ALL);
        assertThat(entries).hasSize(10_001);
        assertThat(entries.stream().mapToLong(AuditEntry::count).sum()).isEqualTo(10_502);
        assertThat(entries)
                .filteredOn(entry -> entry.operation().equals("overflow"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.count()).isEqualTo(501));
        assertThat(complaints).singleElement().asString().contains("only counted", "overflow");
        note("room again");
        assertThat(trail.flush()).isTrue();
        assertThat(store.audit().newest(1)).extracting(AuditEntry::operation).containsExactly("room again");
    }

    @Test
    void everyCallIsCountedOnceWhileFlushesGoOn() throws InterruptedException, ExecutionException {
        int threads = 8;
        int calls = 50_000;
        try (ExecutorService pool = Executors.newCachedThreadPool()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                callers.add(pool.submit(() -> {
                    for (int call = 0; call < calls; call++) {
                        note("operation " + call % 3);
                    }
                }));
            }
            while (!callers.stream().allMatch(Future::isDone)) {
                trail.flush();
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertThat(trail.flush()).isTrue();
        List<AuditEntry> entries = store.audit().newest(Integer.MAX_VALUE);
        assertThat(entries).hasSizeGreaterThan(3);
        assertThat(entries.stream().mapToLong(AuditEntry::count).sum()).isEqualTo((long) threads * calls);
    }

    @Test
    void textsThatADatabaseCouldRefuseAreRefusedHere() {
        for (String text : List.of("", " ", "a\u0000b", "caf\u00e9", "x".repeat(101))) {
            assertThatThrownBy(() -> trail.note("loopback", Optional.empty(), text, "ok"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("operation of an audit entry has " + text.length() + " characters")
                    .hasMessageContaining("allowed: 1 to 100");
        }
        assertThat(trail.flush()).isTrue();
        assertThat(store.audit().newest(ALL)).isEmpty();
    }

    private void note(String operation) {
        trail.note("loopback", Optional.empty(), operation, "ok");
    }

    private static Handler listener(List<String> messages) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                messages.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
