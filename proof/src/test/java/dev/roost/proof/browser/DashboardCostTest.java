package dev.roost.proof.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.proof.serving.ServedRoost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages cost about the same with 100,000 accounts as with 100. Both are asked in turns, so that whatever else the machine does
 * meets both; it is the ratio of the medians that counts.
 */
final class DashboardCostTest {
    private static final int WARM_UP = 40;
    private static final int TURNS = 61;
    private static final double MOST = 5;

    @TempDir
    private Path small;

    @TempDir
    private Path large;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void pagesCostAboutTheSameHoweverManyAccountsThereAre() throws Exception {
        try (ServedRoost few = ServedRoost.start(small, Map.of());
                ServedRoost many = ServedRoost.start(large, Map.of())) {
            Crowd.fill(small, 100);
            Crowd.fill(large, 100_000);
            String fewCookie = signedIn(few);
            String manyCookie = signedIn(many);
            for (String path : new String[] {
                "/dashboard",
                "/dashboard/accounts",
                "/dashboard/accounts?sort=name",
                "/dashboard/accounts?sort=expiry",
                "/dashboard/accounts?sort=refresh",
                "/dashboard/accounts?sort=connected",
                "/dashboard/accounts?state=active&sort=name",
                "/dashboard/accounts?state=uncertain",
            }) {
                long[] shortTimes = new long[TURNS];
                long[] longTimes = new long[TURNS];
                for (int turn = -WARM_UP; turn < TURNS; turn++) {
                    long first = nanos(few.address(path), fewCookie);
                    long second = nanos(many.address(path), manyCookie);
                    if (turn >= 0) {
                        shortTimes[turn] = first;
                        longTimes[turn] = second;
                    }
                }
                double ratio = (double) median(longTimes) / median(shortTimes);
                System.err.printf(
                        "%s: %.1f ms with 100, %.1f ms with 100,000, ratio %.2f%n",
                        path, median(shortTimes) / 1e6, median(longTimes) / 1e6, ratio);
                assertThat(ratio).as(path).isLessThan(MOST);
            }
        }
    }

    private String signedIn(ServedRoost roost) throws IOException, InterruptedException {
        URI address = roost.address("/dashboard/sign-in");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", "http://" + address.getAuthority())
                        .POST(BodyPublishers.ofString("key=" + roost.key(KeyScope.ADMIN)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private long nanos(URI address, String cookie) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Cookie", cookie)
                .header("Accept", "text/html")
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        long took = System.nanoTime() - start;
        assertThat(answer.statusCode()).isEqualTo(200);
        return took;
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
