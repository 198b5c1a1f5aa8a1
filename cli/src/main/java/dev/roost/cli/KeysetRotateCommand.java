package dev.roost.cli;

import dev.roost.cli.wiring.Vault;
import dev.roost.store.KeysetRotation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Replaces the key that seals. */
@Command(
        name = "rotate",
        description = {
            "Add a key, make it the one that seals, and seal everything stored with it, while other processes go on.",
            "Cut off, it is resumed by running it again. Then back the keyset file up."
        })
final class KeysetRotateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    KeysetRotateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withVault(this::rotate);
    }

    private int rotate(Vault vault) {
        KeysetRotation.Outcome outcome = vault.store()
                .keysetRotation()
                .run((done, total) -> output.remark(session.err(), "sealed anew: " + done + " of " + total));
        if (!outcome.complete()) {
            throw new CommandFailure(
                    ExitCode.TRY_LATER, "interrupted", "cut off half way; to resume: roost keyset rotate");
        }
        String text = (outcome.keyAdded() ? "A new key seals from now on" : "An earlier rotation is finished") + "; "
                + outcome.resealed() + (outcome.resealed() == 1 ? " row was" : " rows were")
                + " sealed anew. Back the keyset file up.";
        output.print(session.out(), outcome, Wrap.plain(text));
        if (outcome.broken() > 0) {
            throw new CommandFailure(
                    ExitCode.UNEXPECTED,
                    "broken_rows",
                    outcome.broken() + " rows could not be opened and stay as they are; the log above names them");
        }
        return ExitCode.OK;
    }
}
