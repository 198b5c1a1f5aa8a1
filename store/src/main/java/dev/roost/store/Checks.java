package dev.roost.store;

/** Checks of settings; the messages name the value and what is allowed. */
final class Checks {
    private Checks() {}

    static <T extends Comparable<T>> void within(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; allowed is " + least + " to " + most + ", both included");
        }
    }
}
