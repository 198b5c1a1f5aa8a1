package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.testkit.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwoProcessesTest {
    private static final int ROUNDS = 150;

    @TempDir
    Path folder;

    @Test
    void noUpdateIsLostBetweenTwoProcessesOnOneFile() throws IOException, InterruptedException {
        Path database = folder.resolve("roost.db");
        Path keyset = folder.resolve("keyset.json");
        try (RoostStore store = RoostStore.open(Database.Sqlite.at(database), keyset, InstantSource.system())) {
            Account account = store.tokens()
                    .connect(Sample.signedIn(
                            Sample.CLIENT, Sample.user(), InstantSource.system().instant()));
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                processes.add(start(database, keyset, account.id().value()));
            }
            int recorded = 0;
            for (Process process : processes) {
                recorded += recordedBy(process);
            }
            assertThat(recorded).isPositive();
            assertThat(store.tokens().account(account.id()).orElseThrow().generation())
                    .isEqualTo(1 + recorded);
            assertThat(store.tokens().events(account.id(), 1000))
                    .extracting(AccountEvent::kind)
                    .doesNotContain(AccountEvent.Kind.SUPERSEDED, AccountEvent.Kind.GUARDED_RETRY);
        }
    }

    @Test
    void processesThatStartAtOnceOnNothingBothCome() throws IOException, InterruptedException {
        Path database = folder.resolve("roost.db");
        Path keyset = folder.resolve("keyset.json");
        List<Process> processes = List.of(
                start(database, keyset, Sample.accountId().value(), "0"),
                start(database, keyset, Sample.accountId().value(), "0"));
        for (Process process : processes) {
            assertThat(recordedBy(process)).isZero();
        }
    }

    @Test
    void keyRevokedByAnotherProcessIsRefusedAtOnce() throws IOException, InterruptedException {
        Path database = folder.resolve("roost.db");
        Path keyset = folder.resolve("keyset.json");
        try (RoostStore store = RoostStore.open(Database.Sqlite.at(database), keyset, InstantSource.system())) {
            ApiKeys keys = new ApiKeys(store.apiKeys(), InstantSource.system(), new SecureRandom());
            ApiKeys.Created created = keys.create("job", Set.of(KeyScope.TOKEN_READ), Set.of(), 0);
            assertThat(keys.verify(created.secret())).contains(created.key());
            Process process = run(
                    RevokingProbe.class,
                    database.toString(),
                    keyset.toString(),
                    created.key().id());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(keys.verify(created.secret())).isEmpty();
        }
    }

    private static Process start(Path database, Path keyset, String account) throws IOException {
        return start(database, keyset, account, Integer.toString(ROUNDS));
    }

    private static Process start(Path database, Path keyset, String account, String rounds) throws IOException {
        return run(LostUpdateProbe.class, database.toString(), keyset.toString(), account, rounds);
    }

    private static Process run(Class<?> probe, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                probe.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static int recordedBy(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return Integer.parseInt(output.lines()
                .filter(line -> line.startsWith("recorded "))
                .findFirst()
                .orElseThrow()
                .substring("recorded ".length()));
    }
}
