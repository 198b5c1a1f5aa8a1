package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Background;
import dev.roost.cli.TestTerminal.Run;
import dev.roost.cli.Transcript.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows is what happens. */
final class ReadmeTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("(?m)^http://\\S+$");
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path data;

    @Test
    void everyCommandInTheDocumentsExists() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path document :
                        files.filter(file -> file.toString().endsWith(".md")).toList()) {
                    commands.addAll(transcript(document).keySet());
                }
            }
        }
        List<List<String>> ours = commands.stream()
                .map(ReadmeTest::arguments)
                .filter(a -> !a.isEmpty())
                .toList();
        assertThat(ours).hasSizeGreaterThan(8);
        try (TestTerminal terminal = new TestTerminal(data)) {
            Run help = terminal.run("--help");
            assertThat(help.exit()).isZero();
            for (List<String> arguments : ours) {
                List<String> asked = new ArrayList<>(arguments);
                asked.add("--help");
                assertThat(terminal.run(asked.toArray(String[]::new)).exit())
                        .as("roost %s", arguments)
                        .isZero();
            }
        }
    }

    @Test
    void theThreeTerminalsPrintWhatReadmeShows() throws IOException {
        Map<String, String> readme = transcript(ROOT.resolve("README.md"));
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.unset("TWITTER_CLIENT_SECRET");
            Background simulator = terminal.simulate();
            Background serve = terminal.serveAsTold(simulator);
            Background connect = terminal.start(address -> false, "", "connect", "--no-browser");
            connect.awaitOut("code_challenge_method=S256");
            consent(connect.soFar().out());

            matches(readme, "./roost simulate", simulator.soFar());
            matches(readme, "./roost serve", serve.soFar());
            matches(readme, "./roost connect --no-browser", connect.awaitEnd());
            for (String command : List.of(
                    "./roost accounts list",
                    "./roost refresh @ada",
                    "./roost post @ada \"Hello from Roost\"",
                    "./roost doctor")) {
                matches(readme, command, terminal.run(arguments(command).toArray(String[]::new)));
            }
            List<Step> programs = Transcript.of(ROOT.resolve("README.md")).stream()
                    .filter(step -> step.command().matches("(?s)(curl|[A-Z]+=).*"))
                    .filter(step -> !step.command().startsWith("TWITTER_CLIENT_ID="))
                    .toList();
            assertThat(programs).hasSize(4);
            programs.forEach(new DocumentPlayer(terminal)::play);
        }
    }

    private static void consent(String printed) {
        Matcher address = ADDRESS.matcher(printed);
        assertThat(address.find()).as(printed).isTrue();
        TestPerson.agreeing("1001").open(URI.create(address.group()));
    }

    /** Every line shown must be among what was printed; ids, times, ports and folders may differ. */
    private void matches(Map<String, String> readme, String command, Run run) {
        String shown = readme.getOrDefault(command, "");
        assertThat(shown).as("README shows " + command).isNotBlank();
        String printed = normal(run.out() + "\n" + run.err());
        shown.lines()
                .filter(line -> !line.isBlank())
                .forEach(line ->
                        assertThat(printed).as("%s shows this line", command).contains(normal(line)));
        assertThat(normal(shown).length())
                .as("%s prints about as much as README shows", command)
                .isBetween(printed.length() * 6 / 10, printed.length() * 12 / 10);
    }

    private String normal(String text) {
        return text.replace(data.toString(), "DATA")
                .replace("/tmp/roost-try", "DATA")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
                .replaceAll("listens on \\d+", "listens on PORT")
                .replaceAll("acc_[0-9a-f]{20}", "ACC")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("in 1 h \\d+ min", "in 1 h MIN")
                .replaceAll("\\b\\d{19}\\b", "ID")
                .replaceAll("(response_type=code&client_id=demo-client)&\\S+", "$1&...")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static Map<String, String> transcript(Path document) throws IOException {
        Map<String, String> shown = new LinkedHashMap<>();
        Transcript.of(document).forEach(step -> shown.put(step.command(), step.shown()));
        return shown;
    }

    /** Returns what follows {@code ./roost} in a command line; nothing for other commands. */
    private static List<String> arguments(String command) {
        int start = command.indexOf("./roost ");
        if (start < 0) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        int end = command.lastIndexOf("$(", start) < 0 ? command.length() : command.indexOf(')', start);
        Matcher word = WORD.matcher(command.substring(start + "./roost ".length(), end));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
