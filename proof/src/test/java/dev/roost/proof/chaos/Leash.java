package dev.roost.proof.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Ties a process to the harness that started it: it takes orders on standard input, and ends when that ends. */
final class Leash {
    static final String READY = "ready";
    static final String CLOCK = "clock ";
    private static final int HARNESS_GONE = 9;

    private Leash() {}

    /** Says that the process works, and stays until the harness is gone; then so is this process, at once. */
    static void hold(TurnedClock clock) {
        System.out.println(READY);
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                if (order.startsWith(CLOCK)) {
                    clock.turnTo(Duration.parse(order.substring(CLOCK.length())));
                }
            }
        } catch (IOException e) {
            System.err.println("the harness cannot be heard: " + e.getMessage());
        }
        Runtime.getRuntime().halt(HARNESS_GONE);
    }
}
