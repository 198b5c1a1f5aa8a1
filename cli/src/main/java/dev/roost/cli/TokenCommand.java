package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.AccessGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a valid access token. The only command that prints a token. */
@Command(
        name = "token",
        description = "Print a valid access token, refreshed first if it must be. Treat the output as a password.")
final class TokenCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AccountName name = new AccountName();

    @Option(
            names = "--min-ttl",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Refresh first if the token expires sooner than that (at most 3600).")
    private long seconds;

    TokenCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(
            String accessToken, String tokenType, Instant expiresAt, long generation, SortedSet<String> scopes) {}

    @Override
    public Integer call() {
        if (seconds < 0 || seconds > 3600) {
            throw new CommandFailure(
                    ExitCode.SETTINGS,
                    "usage",
                    "--min-ttl is " + seconds + "; allowed: 0 to 3600 seconds, half of a token's life");
        }
        return session.withRoost(this::token);
    }

    private int token(Roost roost) {
        AccessGrant grant = roost.engine()
                .keeper()
                .token(roost.engine().accounts().find(name.text()).id(), Duration.ofSeconds(seconds));
        String raw = grant.token().expose();
        output.print(
                session.out(),
                new View(
                        raw,
                        "bearer",
                        grant.expiresAt(),
                        grant.generation(),
                        grant.scopes().values()),
                raw);
        return ExitCode.OK;
    }
}
