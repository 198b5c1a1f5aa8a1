package dev.roost.server.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountFigures;
import dev.roost.core.AccountId;
import dev.roost.core.KeeperHealth;
import dev.roost.core.journal.EventLog;
import dev.roost.core.journal.LoggedEvent;
import dev.roost.mcp.catalog.Changes;
import dev.roost.server.telemetry.Standing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class NewsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger counted = new AtomicInteger();
    private final AtomicInteger happened = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final Changes changes = new Changes();
    private final News news = new News(new SlowLog(), standing(), changes);

    @AfterEach
    void close() {
        mayAnswer.countDown();
        news.stop();
        executor.shutdownNow();
    }

    @Test
    void whatHappenedBeforeASlowStoreFirstAnsweredIsTold() throws InterruptedException {
        assertThat(news.enter(1)).isTrue();
        long told = news.primed(Duration.ofMillis(10));
        happened.incrementAndGet();
        mayAnswer.countDown();
        assertThat(news.await(told, LONG)).isGreaterThan(told);
    }

    @Test
    void accountsAreCountedOnceASecondHoweverMuchHappensAndAtTheEndOnceMore() throws InterruptedException {
        mayAnswer.countDown();
        assertThat(news.enter(1)).isTrue();
        long told = news.primed(LONG);
        long start = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            happened.incrementAndGet();
            changes.announce(new Changes.Change.Resources());
            told = news.await(told, LONG);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(counted.get()).isLessThanOrEqualTo((int) seconds + 2);
        while (seen.get() < 12) {
            told = news.await(told, LONG);
        }
        assertThat(seen).hasValue(12);
    }

    private Standing standing() {
        return new Standing(
                now -> {
                    counted.incrementAndGet();
                    seen.set(happened.get());
                    return new AccountFigures(0, 0, 0, 0, 0, 0, 0, Optional.empty());
                },
                () -> new KeeperHealth(0, 0, Optional.empty(), false),
                InstantSource.system(),
                executor);
    }

    /** A log that may be slow to answer. */
    private final class SlowLog implements EventLog {
        @Override
        public List<LoggedEvent> newest(AccountId account, OptionalLong before, int limit) {
            return List.of();
        }

        @Override
        public long position() {
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return happened.get();
        }
    }
}
