package dev.roost.server.dashboard.chart;

import java.util.List;

/**
 * A chart in a field of 100 by 100, which a page stretches to the room there is. What it says also stands in words and in a
 * table beside it: it is for those who can see it.
 *
 * @param label what it shows, in a sentence
 * @param bars from the left
 * @param lines drawn above the bars
 * @param y what stands at its left side, from the top down
 * @param x what stands below, from the left
 * @param table the same in numbers
 */
public record Plot(String label, List<Bar> bars, List<Line> lines, List<String> y, List<String> x, Table table) {
    /** Copies the lists. */
    public Plot {
        bars = List.copyOf(bars);
        lines = List.copyOf(lines);
        y = List.copyOf(y);
        x = List.copyOf(x);
    }

    /**
     * A bar.
     *
     * @param tone its class of style
     * @param title what a pointer over it shows
     */
    public record Bar(String x, String y, String width, String height, String tone, String title) {
        /** One from these numbers. */
        public static Bar of(double x, double y, double width, double height, String tone, String title) {
            return new Bar(
                    Numbers.plain(x), Numbers.plain(y), Numbers.plain(width), Numbers.plain(height), tone, title);
        }
    }

    /**
     * A line, perhaps in several pieces.
     *
     * @param path as in SVG
     * @param tone its class of style
     */
    public record Line(String path, String tone) {}
}
