package dev.roost.bench;

import java.io.IOException;

/**
 * What the server's own metrics say of refreshes for callers so far.
 *
 * @param count how many were answered
 * @param inRoost how long that took, in seconds
 * @param atX how long the exchanges with X took that were part of it, in seconds
 */
record Spent(double count, double inRoost, double atX) {
    private static final String CALLS =
            "roost_http_request_duration_seconds_%s{operation=\"guide.execute\",status=\"200\"";
    private static final String EXCHANGES =
            "roost_x_request_duration_seconds_sum{route=\"POST /2/oauth2/token\",status=\"200\"";

    static Spent of(Stage stage) throws IOException {
        try (KeptAlive connection = new KeptAlive(stage.server().uri())) {
            String metrics = connection.exchange(KeptAlive.request("GET", "/metrics", "", ""));
            return new Spent(
                    value(metrics, CALLS.replace("%s", "count")),
                    value(metrics, CALLS.replace("%s", "sum")),
                    value(metrics, EXCHANGES));
        }
    }

    /** Returns how long Roost itself took for each since then, in milliseconds. */
    double ownMillisSince(Spent before) {
        return ((inRoost - before.inRoost) - (atX - before.atX)) / (count - before.count) * 1e3;
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
