package dev.roost.cli;

import dev.roost.cli.wiring.Vault;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the API keys, without their secrets. */
@Command(name = "list", description = "List the keys to the HTTP API, revoked ones too. Shows no secret.")
final class ApiKeyListCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    ApiKeyListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withVault(this::list);
    }

    private int list(Vault vault) {
        List<ApiKeyView> keys =
                vault.store().apiKeys().all().stream().map(ApiKeyView::of).toList();
        String text = keys.isEmpty()
                ? "There is no API key. Make one: roost api-key create --help"
                : keys.stream().map(ApiKeyView::text).collect(Collectors.joining(System.lineSeparator()));
        output.print(session.out(), keys, text);
        return ExitCode.OK;
    }
}
