package dev.roost.proof.chaos;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what happens, by name, and keeps the first of what should not. Safe for many threads. */
final class Tally {
    private static final int NOTES = 20;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> first = new ConcurrentLinkedQueue<>();

    void count(String what) {
        counts.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    long of(String what) {
        LongAdder adder = counts.get(what);
        return adder == null ? 0 : adder.sum();
    }

    /** Keeps a line for who reads a report; only the first ones. */
    void note(String line) {
        if (notes.size() < NOTES) {
            notes.add(line);
        }
    }

    /** Keeps a line for who reads a report, before the others and whatever their number. */
    void noteFirst(String line) {
        if (first.size() < NOTES) {
            first.add(line);
        }
    }

    String notes() {
        return Stream.concat(first.stream(), notes.stream())
                .map(line -> "  " + line + "\n")
                .collect(Collectors.joining());
    }

    /** The counts whose names begin so, without that beginning. */
    String listed(String beginning) {
        Map<String, LongAdder> sorted = new TreeMap<>(counts);
        String all = sorted.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(beginning))
                .map(entry -> entry.getKey().substring(beginning.length()) + " "
                        + entry.getValue().sum())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    long sum(String beginning) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(beginning))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }
}
