package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.SealedMemory;
import dev.roost.core.Secret;
import dev.roost.testkit.ManualClock;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept under secrets: found with the same ones, for a while, and by nobody else. */
class SealedMemoryTest {
    private static final Duration WINDOW = Duration.ofMinutes(2);

    private final ManualClock clock = new ManualClock();
    private final SealedMemory memory = memory(3, WINDOW);

    @Test
    void bringsBackWhatWasKeptForTheSameSecretsAndNoOthers() {
        memory.keep(secrets("id", "token"), List.of("answer", "", "é\n"));
        assertThat(memory.recall(secrets("id", "token"))).contains(List.of("answer", "", "é\n"));
        for (List<Secret> others : List.of(
                secrets("id", "Token"),
                secrets("token", "id"),
                secrets("idtoken"),
                secrets("i", "dtoken"),
                secrets("id", "token", "more"),
                secrets("id"))) {
            assertThat(memory.recall(others)).isEmpty();
        }
    }

    @Test
    void keepsTheLatestOfTheSameSecrets() {
        memory.keep(secrets("a"), List.of("first"));
        memory.keep(secrets("a"), List.of());
        assertThat(memory.recall(secrets("a"))).contains(List.of());
        assertThat(memory.size()).isOne();
        memory.forget(secrets("a"));
        assertThat(memory.recall(secrets("a"))).isEmpty();
        assertThat(memory.size()).isZero();
    }

    @Test
    void forgetsWhenTheWindowEndsAndTheOldestWhenThereAreTooMany() {
        memory.keep(secrets("a"), List.of("1"));
        clock.advance(WINDOW.minusNanos(1));
        assertThat(memory.recall(secrets("a"))).isPresent();
        clock.advance(Duration.ofNanos(1));
        assertThat(memory.recall(secrets("a"))).isEmpty();
        assertThat(memory.size()).isZero();
        Stream.of("b", "c", "b", "d", "e").forEach(name -> memory.keep(secrets(name), List.of(name)));
        assertThat(memory.size()).isEqualTo(3);
        assertThat(memory.recall(secrets("c"))).isEmpty();
        assertThat(memory.recall(secrets("b"))).contains(List.of("b"));
    }

    @Test
    void keepsNothingWhenTheWindowIsZeroAndTakesNoneBelow() {
        SealedMemory none = memory(3, Duration.ZERO);
        none.keep(secrets("a"), List.of("1"));
        assertThat(none.size()).isZero();
        assertThatThrownBy(() -> memory(3, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S")
                .hasMessageContaining("zero (no replays) or more");
    }

    @Test
    void whoReadsTheMemoryFindsNeitherSecretNorContent() throws Exception {
        memory.keep(secrets("id", "presented-secret"), List.of("kept-answer"));
        StringBuilder found = new StringBuilder();
        read(memory, found);
        assertThat(found.length()).isGreaterThan(100);
        assertThat(found.toString()).doesNotContain("presented-secret", "kept-answer");
    }

    /** Writes down all bytes and texts of its own fields, and of what they hold. */
    private static void read(Object object, StringBuilder found) throws ReflectiveOperationException {
        for (Field field : object.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object value = field.get(object);
            switch (value) {
                case byte[] bytes -> found.append(new String(bytes, StandardCharsets.ISO_8859_1));
                case Map<?, ?> map -> {
                    found.append(map.keySet());
                    for (Object entry : map.values()) {
                        read(entry, found);
                    }
                }
                case null -> {}
                default -> found.append(Modifier.isStatic(field.getModifiers()) ? "" : value);
            }
        }
    }

    private SealedMemory memory(int most, Duration window) {
        return new SealedMemory(
                most,
                window,
                () -> Duration.between(ManualClock.START, clock.instant()).toNanos(),
                new Random(7));
    }

    private static List<Secret> secrets(String... texts) {
        return Stream.of(texts).map(Secret::of).toList();
    }
}
