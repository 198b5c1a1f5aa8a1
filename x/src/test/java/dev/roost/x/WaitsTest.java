package dev.roost.x;

import static dev.roost.x.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitsTest {
    private static final long NOW = Fixture.NOW.getEpochSecond();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 7 | PT7S",
                "Retry-After | 86400 | PT1H",
                "Retry-After | 999999999999 | PT1H",
                "Retry-After | Sun, 22 Nov 2026 12:00:30 GMT | PT30S",
                "Retry-After | Sun, 22 Nov 2026 11:00:00 GMT | ''",
                "Retry-After | 0 | ''",
                "Retry-After | -5 | ''",
                "Retry-After | soon | ''",
                "x-rate-limit-reset | abc | ''"
            })
    void readsWhatXAsksForAndCapsItAtAnHour(String header, String value, String expected) {
        assertThat(wait(429, header, value))
                .isEqualTo(expected.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(expected)));
    }

    @Test
    void readsTheResetOfAnExhaustedWindow() {
        assertThat(wait(429, "x-rate-limit-reset", "" + (NOW + 60))).contains(Duration.ofSeconds(60));
        assertThat(wait(403, "x-rate-limit-reset", "" + (NOW + 60))).isEmpty();
        assertThat(wait(403, "x-rate-limit-reset", "" + (NOW + 60), "x-rate-limit-remaining", "0"))
                .contains(Duration.ofSeconds(60));
        assertThat(wait(403, "x-rate-limit-reset", "" + (NOW + 60), "x-rate-limit-remaining", "3"))
                .isEmpty();
    }

    @Test
    void comparesTimesOfXWithTheClockOfXF20() {
        String aDayAhead = "Mon, 23 Nov 2026 12:00:00 GMT";
        assertThat(wait(429, "Date", aDayAhead, "x-rate-limit-reset", "" + (NOW + 86_400 + 30)))
                .contains(Duration.ofSeconds(30));
        assertThat(wait(429, "Date", aDayAhead, "Retry-After", "Mon, 23 Nov 2026 12:00:05 GMT"))
                .contains(Duration.ofSeconds(5));
    }

    private static Optional<Duration> wait(int status, String... headers) {
        Verdict verdict = new OutcomeMapper(Fixture.CLOCK, true).verdict(json(status, "{}", headers), Censor.of());
        return ((Verdict.Throttled) verdict).retryAfter();
    }
}
