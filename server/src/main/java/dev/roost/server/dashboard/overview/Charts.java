package dev.roost.server.dashboard.overview;

import dev.roost.server.dashboard.chart.Numbers;
import dev.roost.server.dashboard.chart.Plot;
import dev.roost.server.dashboard.chart.Table;
import dev.roost.server.dashboard.overview.History.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the charts of the overview. */
final class Charts {
    private static final double ROOM = 0.82;
    /** A failure among thousands must be seen too. */
    private static final double LEAST = 3;

    private static final List<String> DAY = List.of("24 h ago", "18 h", "12 h", "6 h", "now");

    private Charts() {}

    static Plot success(History history) {
        long most = Math.max(
                1, history.spans().stream().mapToLong(Span::ended).max().orElse(1));
        double width = 100.0 / history.spans().size();
        List<Plot.Bar> bars = new ArrayList<>();
        List<Table.Row> rows = new ArrayList<>();
        for (int i = 0; i < history.spans().size(); i++) {
            Span span = history.spans().get(i);
            if (span.ended() == 0) {
                continue;
            }
            double whole = Math.max(LEAST, span.ended() * 100.0 / most);
            double bad = span.failed() == 0 ? 0 : Math.max(LEAST, span.failed() * 100.0 / most);
            String said = Numbers.count(span.rotated()) + " of " + Numbers.count(span.ended()) + " succeeded";
            double x = i * width + width * (1 - ROOM) / 2;
            if (whole > bad) {
                bars.add(Plot.Bar.of(x, 100 - whole + bad, width * ROOM, whole - bad, "bar-good", said));
            }
            if (bad > 0) {
                bars.add(Plot.Bar.of(x, 100 - whole, width * ROOM, bad, "bar-bad", said));
            }
            rows.addFirst(new Table.Row(
                    span.from(),
                    List.of(
                            Numbers.count(span.ended()),
                            Numbers.count(span.failed()),
                            Numbers.percent((double) span.rotated() / span.ended()))));
        }
        return new Plot(
                "Refreshes in the last 24 hours, in bars of half an hour; those without success on top",
                bars,
                List.of(),
                List.of(Numbers.count(most), "0"),
                DAY,
                new Table(
                        "Refreshes by half an hour, the newest first",
                        List.of("Refreshes", "Without success", "Success"),
                        rows));
    }

    static Plot latency(History history) {
        double most = nice(history.spans().stream()
                .filter(span -> span.ended() > 0)
                .mapToDouble(span -> span.quantile(0.99))
                .max()
                .orElse(1000));
        List<Table.Row> rows = new ArrayList<>();
        for (Span span : history.spans()) {
            if (span.ended() > 0) {
                rows.addFirst(new Table.Row(
                        span.from(), List.of(Numbers.millis(span.quantile(0.5)), Numbers.millis(span.quantile(0.99)))));
            }
        }
        return new Plot(
                "How long refreshes took in the last 24 hours: half of them and 99 of 100, by half an hour",
                List.of(),
                List.of(
                        new Plot.Line(path(history, 0.99, most), "line-second"),
                        new Plot.Line(path(history, 0.5, most), "line-first")),
                List.of(Numbers.millis(most), Numbers.millis(most / 2), "0"),
                DAY,
                new Table("Duration by half an hour, the newest first", List.of("Half within", "99 % within"), rows));
    }

    static Plot upcoming(Glance.Upcoming upcoming) {
        List<Long> counts = upcoming.counts();
        long most = Math.max(1, counts.stream().mapToLong(n -> n).max().orElse(1));
        double width = 100.0 / Math.max(1, counts.size());
        List<Plot.Bar> bars = new ArrayList<>();
        List<Table.Row> rows = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            long count = counts.get(i);
            Instant from = upcoming.from().plus(Glance.STEP.multipliedBy(i));
            if (count > 0) {
                double height = Math.max(LEAST, count * 100.0 / most);
                bars.add(Plot.Bar.of(
                        i * width + width * (1 - ROOM) / 2,
                        100 - height,
                        width * ROOM,
                        height,
                        "bar-good",
                        Numbers.count(count, "refresh", "refreshes")));
                rows.add(new Table.Row(from, List.of(Numbers.count(count))));
            }
        }
        return new Plot(
                "Refreshes that are due in the next two hours, in bars of five minutes",
                bars,
                List.of(),
                List.of(Numbers.count(most), "0"),
                List.of("now", "30 min", "1 h", "1 h 30", "2 h"),
                new Table("Due from then on, for five minutes", List.of("Refreshes"), rows));
    }

    /** A gap stays a gap; what stands alone is a dot. */
    private static String path(History history, double share, double most) {
        StringBuilder path = new StringBuilder();
        boolean isDown = false;
        int count = history.spans().size();
        for (int i = 0; i < count; i++) {
            Span span = history.spans().get(i);
            if (span.ended() == 0) {
                isDown = false;
                continue;
            }
            double x = (i + 0.5) * 100 / count;
            double y = 100 - Math.min(100, span.quantile(share) * 100 / most);
            path.append(String.format(Locale.ROOT, isDown ? "L%.2f %.2f" : "M%.2f %.2fh0.01", x, y));
            isDown = true;
        }
        return path.toString();
    }

    /** The next number that is easy to read: 1, 2 or 5 and zeros. */
    private static double nice(double number) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(number, 1))));
        for (double step : new double[] {1, 2, 5, 10}) {
            if (number <= step * unit) {
                return step * unit;
            }
        }
        return number;
    }
}
