package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What arrives while something is done is done together next. */
@Timeout(20)
final class TogetherTest {
    private final ConcurrentLinkedQueue<List<String>> batches = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    private List<Optional<Integer>> work(List<String> things) {
        batches.add(things);
        begun.countDown();
        open.join();
        if (things.contains("poison")) {
            throw new IllegalStateException("poisoned");
        }
        return things.stream().map(thing -> Optional.of(thing.length())).toList();
    }

    private List<Optional<Integer>> all(Together<String, Integer> together, List<String> later) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Integer>> first = threads.submit(() -> together.with("first"));
            begun.await();
            List<Future<Optional<Integer>>> others = new ArrayList<>();
            for (String thing : later) {
                int before = together.waiting();
                others.add(threads.submit(() -> together.with(thing)));
                while (together.waiting() == before) {
                    Thread.onSpinWait();
                }
            }
            open.complete(null);
            List<Optional<Integer>> answers = new ArrayList<>(List.of(first.get(10, TimeUnit.SECONDS)));
            for (Future<Optional<Integer>> other : others) {
                answers.add(other.get(10, TimeUnit.SECONDS));
            }
            return answers;
        }
    }

    @Test
    void loneOneGoesAtOnceAndOthersTogether() throws Exception {
        var together = new Together<String, Integer>(1, 3, thing -> thing, this::work);
        assertThat(all(together, List.of("a", "bb", "ccc", "dddd")))
                .containsExactly(Optional.of(5), Optional.of(1), Optional.of(2), Optional.of(3), Optional.of(4));
        assertThat(batches).containsExactly(List.of("first"), List.of("a", "bb", "ccc"), List.of("dddd"));
        assertThat(together.waiting()).isZero();
    }

    @Test
    void sameKeyIsNeverTwiceInABatch() throws Exception {
        var together = new Together<String, Integer>(1, 9, thing -> thing.charAt(0), this::work);
        assertThat(all(together, List.of("a", "b", "aa", "c", "aaa"))).doesNotContain(Optional.empty());
        assertThat(batches).containsExactly(List.of("first"), List.of("a", "b", "c"), List.of("aa"), List.of("aaa"));
    }

    @Test
    void failedBatchAnswersNobodyAndTheNextOneGoesOn() throws Exception {
        var together = new Together<String, Integer>(1, 2, thing -> thing, this::work);
        assertThat(all(together, List.of("a", "poison", "b")))
                .containsExactly(Optional.of(5), Optional.empty(), Optional.empty(), Optional.of(1));
    }
}
