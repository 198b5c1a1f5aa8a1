package dev.roost.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.simulator.Ledger;
import dev.roost.simulator.LedgerRequest;
import dev.roost.simulator.LedgerToken;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for secrets where none may be: in plain, in base64, URL-encoded, and the first eight characters of each. Every
 * window of eight characters of a text is looked up, so that the cost does not grow with the number of secrets.
 */
public record Canary(Set<String> starts) {
    private static final int LENGTH = 8;

    /** All tokens and codes that a simulator has ever seen. */
    public static Canary of(Ledger ledger) {
        Stream<String> tokens = ledger.tokens().stream().map(LedgerToken::value);
        Stream<String> presented = ledger.requests().stream().map(LedgerRequest::presented);
        return of(Stream.concat(tokens, presented)
                .filter(text -> text.length() >= LENGTH)
                .toList());
    }

    /** The given secrets. */
    public static Canary of(Collection<String> secrets) {
        Set<String> starts = new HashSet<>();
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            for (String form : List.of(
                    secret,
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    Base64.getEncoder().encodeToString(bytes),
                    Base64.getUrlEncoder().encodeToString(bytes))) {
                starts.add(form.substring(0, LENGTH));
            }
        }
        assertThat(starts).as("a canary that knows no secret finds none").isNotEmpty();
        return new Canary(Set.copyOf(starts));
    }

    /** Looks for these too. */
    public Canary and(Collection<String> secrets) {
        Set<String> all = new HashSet<>(starts);
        all.addAll(of(secrets).starts);
        return new Canary(Set.copyOf(all));
    }

    /** Asserts that no file of the folder, whatever it is, holds a secret. */
    public void assertAbsentFrom(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).as("files to search").isNotEmpty();
            for (Path file : all) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertAbsentFrom(file.getFileName().toString(), text);
            }
        }
    }

    /** Asserts that the text holds no secret; says where it is, not what it is. */
    public void assertAbsentFrom(String name, String text) {
        for (int i = 0; i + LENGTH <= text.length(); i++) {
            if (starts.contains(text.substring(i, i + LENGTH))) {
                throw new AssertionError(name + " holds the start of a secret at offset " + i);
            }
        }
    }
}
