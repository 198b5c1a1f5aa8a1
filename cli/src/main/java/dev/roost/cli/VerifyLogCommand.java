package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Vault;
import dev.roost.core.AccountNotFoundException;
import dev.roost.store.LogProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Proves the logs of accounts. */
@Command(
        name = "verify-log",
        description = {
            "Prove that the log of each account is as Roost wrote it, and print its newest entry and that entry's hash.",
            "Keep these elsewhere: only a comparison with them shows that the newest entries were cut off.",
            "Exits with 2 if a log is not as it was written, and says where. Asks X nothing."
        })
final class VerifyLogCommand implements Callable<Integer> {
    private static final String ALL = "all";

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACCOUNT|all",
            defaultValue = ALL,
            description = "An account id (acc_...), @username, or X user id; without it, or with all: every account.")
    private String name = ALL;

    VerifyLogCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(List<LogView> logs, long broken) {}

    /** One log. */
    private record LogView(
            String account,
            String username,
            boolean proven,
            long head,
            String hash,
            long deleted,
            long beforeChain,
            long besideChain,
            Optional<BreakView> broken) {
        static LogView of(LogProof.Finding found) {
            return new LogView(
                    found.account().value(),
                    found.username(),
                    found.broken().isEmpty(),
                    found.head(),
                    found.hash(),
                    found.base(),
                    found.before(),
                    found.beside(),
                    found.broken().map(BreakView::of));
        }
    }

    /** Where it is broken. */
    private record BreakView(long sequence, String kind, String what) {
        static BreakView of(LogProof.Break found) {
            return new BreakView(found.sequence(), found.kind().name().toLowerCase(Locale.ROOT), found.what());
        }
    }

    @Override
    public Integer call() {
        Settings settings = session.settings();
        return session.with(Vault.open(settings), vault -> verify(settings, vault));
    }

    private int verify(Settings settings, Vault vault) {
        List<LogView> logs = new ArrayList<>();
        long[] counted = new long[2];
        LogProof proof = vault.store().logProof();
        Consumer<LogProof.Finding> hear = found -> {
            counted[0]++;
            counted[1] += found.broken().isPresent() ? 1 : 0;
            if (output.isJson()) {
                logs.add(LogView.of(found));
            } else {
                tell(found);
            }
        };
        if (name.equals(ALL)) {
            proof.all(hear);
        } else {
            hear.accept(proof.of(new KeyAccounts(settings, vault.store()).one(name))
                    .orElseThrow(() -> new AccountNotFoundException("no account \"" + name + "\"")));
        }
        output.print(session.out(), new View(logs, counted[1]), summary(counted[0], counted[1]));
        return counted[1] == 0 ? ExitCode.OK : ExitCode.SETTINGS;
    }

    private void tell(LogProof.Finding found) {
        String who = found.account() + " @" + found.username() + ": ";
        session.out().println(Wrap.hanging(who, entries(found), 4));
        session.out().println("    head " + found.head() + " " + found.hash());
        found.broken()
                .ifPresent(broken -> session.err()
                        .println(Wrap.plain("The log of account " + found.account() + " (@" + found.username()
                                + ") is broken at entry " + broken.sequence() + ": " + broken.what() + ".")));
    }

    private static String entries(LogProof.Finding found) {
        String proven = found.head() - found.base() + " entries proven";
        return proven
                + (found.base() > 0 ? ", " + found.base() + " before them deleted by age" : "")
                + (found.before() > 0 ? ", " + found.before() + " from before the chain not proven" : "")
                + (found.beside() > 0 ? ", " + found.beside() + " of an older Roost beside the chain not proven" : "")
                + (found.broken().isPresent() ? "; BROKEN" : "");
    }

    private static String summary(long all, long broken) {
        String logs = all == 1 ? "1 log" : all + " logs";
        return broken == 0
                ? Wrap.plain(logs
                        + " proven. Keep the heads elsewhere, for only they show that newest entries were cut off.")
                : Wrap.plain(broken + " of " + logs + " broken: see docs/account-log.md");
    }
}
