package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.LedgerToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F29: no secret in what commands print, whatever goes wrong, and none on disk. */
final class CanaryTest {
    @TempDir
    private Path data;

    @Test
    void keepsEverySecretOutOfOutputAndFiles() throws IOException {
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.set("LOG_LEVEL", "DEBUG");
            live(terminal);
            Stream<String> tokens = terminal.x().ledger().tokens().stream().map(LedgerToken::value);
            List<String> secrets =
                    Stream.concat(tokens, Stream.of(TestTerminal.SECRET)).toList();
            String printed =
                    terminal.runs().stream().map(run -> run.out() + run.err()).collect(Collectors.joining());
            for (String secret : secrets) {
                assertThat(printed).doesNotContain(secret, secret.substring(0, 8), base64(secret));
            }
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    secrets.forEach(
                            secret -> assertThat(content).as(file.toString()).doesNotContain(secret));
                }
            }
        }
    }

    private static void live(TestTerminal terminal) {
        String id = terminal.connect("1001");
        TestTerminal.Background serve = terminal.serve();
        terminal.run("serve", "--print-config");
        terminal.run("refresh", id);
        terminal.run("post", id, "hello");
        terminal.run("accounts", "show", id, "--json");
        terminal.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.UNREADABLE_200));
        terminal.run("refresh", id);
        terminal.x().revoke("1001");
        terminal.run("refresh", id);
        String imported = terminal.x().issue("shop", "1002").refreshToken();
        terminal.run("accounts", "import", imported);
        terminal.typing(imported, "accounts", "import", "--expect", "ada");
        terminal.run("keyset", "rotate");
        terminal.run("doctor");
        terminal.run("explain", id);
        terminal.run("explain", id, "--json");
        terminal.run("verify-log");
        terminal.run("verify-log", "--json");
        terminal.run("accounts", "disconnect", id, "--yes");
        serve.end();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
