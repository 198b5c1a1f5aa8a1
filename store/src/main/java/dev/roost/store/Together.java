package dev.roost.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Does the work of many callers together. Whoever comes while nothing is under way goes at once, alone; what comes in the
 * meantime is done together next, by the first of those who wait. So nobody waits for company. Safe for many threads.
 *
 * @param <A> what is to be done
 * @param <B> what comes of it
 */
final class Together<A, B> {
    private final int lanes;
    private final int most;
    private final Function<A, ?> key;
    private final Function<List<A>, List<Optional<B>>> work;
    private final Deque<Asked<A, B>> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Puts callers together.
     *
     * @param lanes how many batches may be under way at once
     * @param most how many things one batch has at most
     * @param key of two things with the same key, none is in a batch with the other
     * @param work does what is to be done, and answers in the same order; empty, or an exception, where it did nothing
     */
    Together(int lanes, int most, Function<A, ?> key, Function<List<A>, List<Optional<B>>> work) {
        this.lanes = lanes;
        this.most = most;
        this.key = key;
        this.work = work;
    }

    /** One caller, who waits for an answer or for its turn to lead. */
    private record Asked<A, B>(A thing, CompletableFuture<Turn<B>> turn) {}

    /** What a caller waits for. */
    private sealed interface Turn<B> {
        /** To do the next batch. */
        record Lead<B>() implements Turn<B> {}

        /** What came of it. */
        record Done<B>(Optional<B> answer) implements Turn<B> {}
    }

    /** Has it done, with others or alone, and waits; empty if the batch it was in did nothing about it. */
    Optional<B> with(A thing) {
        Asked<A, B> mine = new Asked<>(thing, new CompletableFuture<>());
        if (leadsAtOnce(mine)) {
            return lead(mine);
        }
        return switch (mine.turn().join()) {
            case Turn.Lead<B> lead -> lead(mine);
            case Turn.Done<B> done -> done.answer();
        };
    }

    /** Returns how many wait for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized boolean leadsAtOnce(Asked<A, B> mine) {
        if (underWay < lanes) {
            underWay++;
            return true;
        }
        waiting.add(mine);
        return false;
    }

    private Optional<B> lead(Asked<A, B> mine) {
        List<Asked<A, B>> batch = List.of(mine);
        List<Optional<B>> answers = List.of();
        try {
            batch = gathered(mine);
            answers = work.apply(batch.stream().map(Asked::thing).toList());
        } catch (RuntimeException e) {
            // Each of them finds out for itself what is wrong.
            answers = List.of();
        } finally {
            next().ifPresent(follower -> follower.turn().complete(new Turn.Lead<>()));
            for (int i = 1; i < batch.size(); i++) {
                batch.get(i).turn().complete(new Turn.Done<>(answer(answers, i)));
            }
        }
        return answer(answers, 0);
    }

    private Optional<B> answer(List<Optional<B>> answers, int index) {
        return index < answers.size() ? answers.get(index) : Optional.empty();
    }

    private synchronized List<Asked<A, B>> gathered(Asked<A, B> mine) {
        List<Asked<A, B>> batch = new ArrayList<>(List.of(mine));
        Set<Object> keys = new HashSet<>(Set.of(key.apply(mine.thing())));
        for (Iterator<Asked<A, B>> others = waiting.iterator(); others.hasNext() && batch.size() < most; ) {
            Asked<A, B> other = others.next();
            if (keys.add(key.apply(other.thing()))) {
                batch.add(other);
                others.remove();
            }
        }
        return batch;
    }

    /** Returns who leads from now on; empty if nobody waits. */
    private synchronized Optional<Asked<A, B>> next() {
        Optional<Asked<A, B>> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            underWay--;
        }
        return next;
    }
}
