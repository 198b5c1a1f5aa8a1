package dev.roost.proof.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * What stands between callers and nodes: it asks a random node, and another one when that does not answer in time or has
 * nothing to give, until the caller's deadline. A node that failed is asked last for a moment.
 */
final class Balancer implements AutoCloseable {
    private static final long OUT_NANOS = 500_000_000;
    private static final Duration CONNECT = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final Fleet fleet;
    private final String key;
    private final AtomicLongArray outUntil = new AtomicLongArray(Scale.NODES);

    Balancer(Fleet fleet, String key) {
        this.fleet = fleet;
        this.key = key;
    }

    /**
     * What a caller gets.
     *
     * @param status 0 when no node had anything to give within the deadline
     * @param body then what the last one said
     * @param node which node it was
     * @param attempts how many requests it took
     */
    record Answer(int status, String body, int node, int attempts) {}

    /** Asks until a node answers with anything but a 5xx or 429. */
    Answer ask(String path, Duration attempt, Duration deadline, UnaryOperator<HttpRequest.Builder> shape) {
        long end = System.nanoTime() + deadline.toNanos();
        Answer last = new Answer(0, "nobody was asked", 0, 0);
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            int first = ThreadLocalRandom.current().nextInt(Scale.NODES);
            for (int i = 0; i < 2 * Scale.NODES && System.nanoTime() < end; i++) {
                int node = (first + i) % Scale.NODES;
                boolean isOut = outUntil.get(node) > System.nanoTime();
                if (isOut == i < Scale.NODES) {
                    continue;
                }
                last = once(node, path, attempt, last.attempts() + 1, shape);
                if (last.status() != 0) {
                    return last;
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
        return last;
    }

    private Answer once(
            int node, String path, Duration patience, int attempts, UnaryOperator<HttpRequest.Builder> shape) {
        URI address = URI.create("http://127.0.0.1:" + fleet.door(node).port() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(patience).header("Authorization", "Bearer " + key);
        try {
            // The client's own timeout ends with the head of the answer; a body that never comes would be waited for.
            HttpResponse<String> answer = http.sendAsync(
                            shape.apply(request).build(), HttpResponse.BodyHandlers.ofString())
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            boolean tryElsewhere = answer.statusCode() >= 500 || answer.statusCode() == 429;
            int status = tryElsewhere ? 0 : answer.statusCode();
            return new Answer(status, answer.statusCode() + " " + answer.body(), node, attempts);
        } catch (CompletionException e) {
            outUntil.set(node, System.nanoTime() + OUT_NANOS);
            return new Answer(0, String.valueOf(e.getCause()), node, attempts);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
