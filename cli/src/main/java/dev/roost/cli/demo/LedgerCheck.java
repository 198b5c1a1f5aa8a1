package dev.roost.cli.demo;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountState;
import dev.roost.core.LossCause;
import dev.roost.core.TokenStore;
import dev.roost.simulator.Ledger;
import dev.roost.simulator.LedgerToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds what Roost believes against what the simulated X knows. */
record LedgerCheck(TokenStore store, Ledger ledger) {
    private static final int ALL = 1_000;
    private static final int TELLING = 8;

    /** Returns how many rotations both sides count; fails if they differ or a token was sent twice. */
    int rotations() {
        long journal = accounts().stream()
                .flatMap(account -> store.events(account.id(), ALL).stream())
                .filter(event -> event.kind() == AccountEvent.Kind.ROTATED)
                .count();
        DemoFailure.unless(
                journal == ledger.rotations(),
                "Roost's journal has " + journal + " rotations and X's ledger " + ledger.rotations());
        boolean twice = ledger.tokens().stream().anyMatch(token -> ledger.timesPresented(token.value()) > 1);
        DemoFailure.unless(!twice, "a refresh token reached X twice");
        return ledger.rotations();
    }

    /** Returns how many grants were lost: alive at X, or dead by a lost answer, and not in Roost's hands. */
    int lost() {
        return (int) accounts().stream().filter(this::isLost).count();
    }

    /** Searches every file of the folder for every token X ever issued, and for how each begins; returns how many files. */
    int searchForTokens(Path folder) {
        List<String> tokens = ledger.tokens().stream().map(LedgerToken::value).toList();
        DemoFailure.unless(!tokens.isEmpty(), "X has issued no token yet");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                searchForTokens(file.getFileName().toString(), read(file), tokens);
            }
            return all.size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the data folder " + folder, e);
        }
    }

    /** Fails if the text holds a token, or how one begins. */
    void searchForTokens(String name, byte[] bytes) {
        searchForTokens(
                name, bytes, ledger.tokens().stream().map(LedgerToken::value).toList());
    }

    private static void searchForTokens(String name, byte[] bytes, List<String> tokens) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean found = tokens.stream().anyMatch(token -> text.contains(token.substring(0, TELLING)));
        DemoFailure.unless(!found, "a token, or how one begins, stands in " + name);
    }

    /**
     * Reads a file in a process of its own: closing a SQLite file that this process has open elsewhere would drop its
     * POSIX locks, and with them the protection from other processes (sqlite.org/howtocorrupt.html section 2.2).
     */
    private static byte[] read(Path file) throws IOException {
        Process cat = new ProcessBuilder("cat", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return cat.getInputStream().readAllBytes();
    }

    private boolean isLost(Account account) {
        Optional<String> live =
                ledger.liveRefreshToken(account.clientId(), account.user().id());
        Optional<String> kept =
                store.grant(account.id()).map(grant -> grant.tokens().refresh().expose());
        boolean answerLost = account.state() instanceof AccountState.NeedsReauthorization gone
                && gone.cause() instanceof LossCause.AnswerLost;
        return answerLost || (live.isPresent() && !live.equals(kept));
    }

    private List<Account> accounts() {
        return store.accounts(DemoStage.CLIENT_ID, Optional.empty(), ALL);
    }
}
