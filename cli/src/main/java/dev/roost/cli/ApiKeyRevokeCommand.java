package dev.roost.cli;

import dev.roost.cli.wiring.Vault;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes an API key. */
@Command(
        name = "revoke",
        description = {
            "Revoke a key to the HTTP API, for good. Servers that reach the store refuse it at once;"
                    + " one that does not may take it for 10 minutes more."
        })
final class ApiKeyRevokeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The key's id, as roost api-key list shows it. Not the key itself.")
    private String id = "";

    ApiKeyRevokeCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(String status, String id, String name, Instant revokedAt) {}

    @Override
    public Integer call() {
        if (!ApiKey.isId(id)) {
            // Not repeated: it may be the whole key.
            throw new CommandFailure(
                    ExitCode.SETTINGS,
                    "usage",
                    "that is no key id; allowed: the 10 lower-case letters and digits that roost api-key list shows, and"
                            + " never the key itself, for arguments stand in process lists");
        }
        return session.withVault(this::revoke);
    }

    private int revoke(Vault vault) {
        ApiKey key = new ApiKeys(vault.store().apiKeys(), vault.clock(), new SecureRandom())
                .revoke(id)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "api_key_not_found",
                        "there is no API key " + id + "; see: roost api-key list"));
        Instant at = key.revokedAt().orElseThrow();
        output.print(
                session.out(),
                new View("revoked", key.id(), key.name(), at),
                Wrap.plain("The key " + key.id() + " (" + key.name() + ") is revoked since " + Times.exact(at) + "."));
        return ExitCode.OK;
    }
}
