package dev.roost.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LatelyTest {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger truth = new AtomicInteger(1);
    private final CountDownLatch hasBegun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayEnd.countDown();
        executor.shutdownNow();
    }

    @Test
    void renewedAfterAChangeKnowsItThoughAReadThatBeganBeforeWasUnderWay() throws InterruptedException {
        Lately<Integer> lately = new Lately<>(this::read, Duration.ofHours(1), InstantSource.system(), executor);
        lately.prompt();
        hasBegun.await();
        truth.set(2);
        executor.execute(mayEnd::countDown);
        lately.renew();
        assertThat(lately.last()).contains(2);
    }

    private int read() {
        int read = truth.get();
        hasBegun.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return read;
    }
}
