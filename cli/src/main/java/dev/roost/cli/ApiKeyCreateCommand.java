package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Vault;
import dev.roost.core.AccountId;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an API key and prints it, which nothing can do later. */
@Command(
        name = "create",
        description = {
            "Make a key to the HTTP API and print it, this once: only a fingerprint of it is kept.",
            "Treat the output as a password. Asks X nothing; a running server takes the key at once."
        })
final class ApiKeyCreateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "What it is for, 1 to 60 characters.")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            required = true,
            split = ",",
            description = {
                "What it allows, separated by commas: accounts:read, accounts:write, token:read, x:read, x:write,"
                        + " or admin for everything."
            })
    private List<String> scopes = List.of();

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "An account it is good for: id (acc_...), @username or X user id. Repeat it for more;"
                    + " without it: all accounts.")
    private List<String> accounts = List.of();

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many requests a minute it may make; without it, or with 0: no limit.")
    private int requestsPerMinute;

    ApiKeyCreateCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(
            String id,
            String apiKey,
            String name,
            List<String> scopes,
            List<String> accounts,
            int requestsPerMinute,
            Instant createdAt) {
        static View of(ApiKeys.Created created) {
            ApiKeyView key = ApiKeyView.of(created.key());
            return new View(
                    key.id(),
                    created.secret().expose(),
                    key.name(),
                    key.scopes(),
                    key.accounts(),
                    key.requestsPerMinute(),
                    key.createdAt());
        }
    }

    @Override
    public Integer call() {
        Settings settings = session.settings();
        return session.with(Vault.open(settings), vault -> create(settings, vault));
    }

    private int create(Settings settings, Vault vault) {
        ApiKeys.Created created = made(
                new ApiKeys(vault.store().apiKeys(), vault.clock(), new SecureRandom()),
                new KeyAccounts(settings, vault.store()).named(accounts));
        output.print(session.out(), View.of(created), created.secret().expose());
        output.remark(
                session.err(), "The key " + created.key().id() + " is shown this once only; keep it like a password.");
        return ExitCode.OK;
    }

    private ApiKeys.Created made(ApiKeys keys, Set<AccountId> covered) {
        try {
            Set<KeyScope> allowed = new LinkedHashSet<>();
            scopes.forEach(scope -> allowed.add(KeyScope.parse(scope.strip())));
            return keys.create(name, allowed, covered, requestsPerMinute);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.SETTINGS, "usage", String.valueOf(e.getMessage()));
        }
    }
}
