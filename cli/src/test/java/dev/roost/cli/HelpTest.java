package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class HelpTest {
    private final CommandLine root = CommandTree.of(new Session(new Surroundings(
            Map.of(),
            InputStream.nullInputStream(),
            new PrintStream(PrintStream.nullOutputStream()),
            new PrintStream(PrintStream.nullOutputStream()),
            address -> false,
            true,
            Optional.empty())));

    @Test
    void fitsEightyColumnsEverywhere() {
        all(root)
                .forEach(command -> assertThat(command.getUsageMessage().lines())
                        .as(command.getCommandSpec().qualifiedName())
                        .allMatch(line -> line.length() <= 80));
    }

    /** {@code roost mcp} is spoken to by programs only, and speaks nothing but its protocol. */
    @Test
    void speaksJsonEverywhere() {
        all(root)
                .filter(command -> command.getSubcommands().isEmpty())
                .filter(command -> !command.getCommandName().equals("mcp"))
                .forEach(command -> assertThat(command.getCommandSpec().optionsMap())
                        .as(command.getCommandSpec().qualifiedName())
                        .containsKeys("--json", "--help", "--version"));
    }

    @Test
    void isDocumentedCommandByCommandAndCodeByCode() throws Exception {
        String document = Files.readString(Path.of("../docs/cli.md"));
        all(root)
                .filter(command -> command.getSubcommands().isEmpty())
                .forEach(command -> assertThat(document)
                        .contains("`" + command.getCommandSpec().qualifiedName()));
        for (String row : ExitCode.TABLE) {
            assertThat(document).contains("| " + row.replaceFirst(":", " | ") + " |");
        }
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
    }
}
