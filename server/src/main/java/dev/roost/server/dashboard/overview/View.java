package dev.roost.server.dashboard.overview;

import dev.roost.server.dashboard.chart.Plot;
import dev.roost.server.dashboard.frame.When;
import java.util.List;
import java.util.Optional;

/**
 * What the overview's page shows, ready to be printed.
 *
 * @param verdict how everything stands, in a sentence
 * @param tone of the verdict: a class of style
 * @param concerns what somebody should look at, the most urgent first
 * @param tiles the accounts by state
 * @param lights parts of Roost and how they are
 * @param readAt when the figures were read; empty when they never were
 * @param success of refreshes
 * @param latency of refreshes
 * @param upcoming refreshes
 * @param budget of losses
 * @param hasAccounts whether there is any account
 */
public record View(
        String verdict,
        String tone,
        List<Concern> concerns,
        List<Tile> tiles,
        List<Light> lights,
        Optional<When> readAt,
        Optional<Success> success,
        Optional<Latency> latency,
        Optional<Due> upcoming,
        Optional<Budget> budget,
        boolean hasAccounts) {
    /** Copies the lists. */
    public View {
        concerns = List.copyOf(concerns);
        tiles = List.copyOf(tiles);
        lights = List.copyOf(lights);
    }

    /**
     * Something that somebody should look at; leads somewhere, unless the address is empty.
     *
     * @param id the same whatever the figures are, so that a page can find it again
     */
    public record Concern(String id, String text, String path, String tone) {}

    /**
     * A number that leads to the accounts it counts.
     *
     * @param id the same whatever the figures are, so that a page can find it again
     */
    public record Tile(String id, String name, String count, String note, String path, String tone) {}

    /** A part of Roost and how it is; perhaps with a time at its end. */
    public record Light(String name, String text, String tone, Optional<When> at) {}

    /** How many refreshes succeeded; the plot is empty when there were none. */
    public record Success(String share, String tone, String text, Optional<Plot> plot) {}

    /** How long refreshes took; the plot is empty when there were none. */
    public record Latency(String half, String most, Optional<Plot> plot) {}

    /** What is due; the plot is empty when nothing is. */
    public record Due(String count, Optional<Plot> plot) {}

    /**
     * The budget of losses.
     *
     * @param filled how much of it is left, 0 to 100, for a bar
     */
    public record Budget(String share, String tone, String text, String left, String filled) {}
}
