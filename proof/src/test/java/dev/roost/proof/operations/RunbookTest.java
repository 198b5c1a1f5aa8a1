package dev.roost.proof.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.Main;
import dev.roost.cli.Surroundings;
import dev.roost.core.alerting.AlertType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken finds a section, and commands that exist. */
final class RunbookTest {
    private static final Path RUNBOOK = Path.of("../docs/runbook.md");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ *\\$ roost ([^|\\n]+)|`roost ([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([a-z-]+\\.md)?#([a-z0-9-]+)\\)");

    @Test
    void everyAlertLinksToASectionThatNamesIt() throws IOException {
        Map<String, String> sections = sections();
        assertThat(AlertRule.all())
                .allSatisfy(rule -> assertThat(sections.getOrDefault(rule.anchor(), "no section #" + rule.anchor()))
                        .contains("`" + rule.name() + "`"));
    }

    @Test
    void everyEventOfAWebhookHasASection() throws IOException {
        Map<String, String> sections = sections();
        for (AlertType type : AlertType.values()) {
            assertThat(sections.values()).as(type.word()).anyMatch(text -> text.contains("vent `" + type.word() + "`"));
            String url = type.runbook();
            assertThat(sections).containsKey(url.substring(url.indexOf('#') + 1));
        }
    }

    @Test
    void everySectionSaysWhatItMeansWhoNoticesWhatToDoAndWhenItIsOver() throws IOException {
        assertThat(sections())
                .hasSizeGreaterThan(15)
                .allSatisfy((anchor, text) -> assertThat(text)
                        .as(anchor)
                        .containsSubsequence("**Means.**", "**People notice.**", "**Do.**", "**Over when**"));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (MatchResult link :
                LINK.matcher(Files.readString(RUNBOOK)).results().toList()) {
            Path target =
                    RUNBOOK.resolveSibling(Optional.ofNullable(link.group(1)).orElse("runbook.md"));
            assertThat(anchors(Files.readString(target))).as(link.group()).contains(link.group(2));
        }
    }

    @Test
    void everyCommandOfRoostIsOneAndHasItsOptions() throws IOException {
        List<String> commands = COMMAND.matcher(Files.readString(RUNBOOK))
                .results()
                .map(found -> Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)))
                .map(String::strip)
                .distinct()
                .toList();
        assertThat(commands).hasSizeGreaterThan(6);
        for (String command : commands) {
            List<String> words = Stream.of(command.split(" "))
                    .takeWhile(word -> word.matches("[a-z-]+"))
                    .filter(word -> !word.startsWith("-"))
                    .toList();
            String help = help(words);
            Stream.of(command.split(" "))
                    .filter(word -> word.startsWith("--"))
                    .forEach(option -> assertThat(help).as(command).contains(option));
        }
    }

    private static String help(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Surroundings nowhere = new Surroundings(
                Map.of(), InputStream.nullInputStream(), print, print, address -> false, true, Optional.empty());
        List<String> arguments = new ArrayList<>(words);
        arguments.add("--help");
        int exit = Main.run(nowhere, arguments.toArray(String[]::new));
        String help = out.toString(StandardCharsets.UTF_8);
        assertThat(exit)
                .as("roost " + String.join(" ", arguments) + ": " + help)
                .isZero();
        return help;
    }

    private static List<String> anchors(String document) {
        return Pattern.compile("(?m)^#+ (.+)$")
                .matcher(document)
                .results()
                .map(heading -> anchor(heading.group(1)))
                .toList();
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }

    private static Map<String, String> sections() throws IOException {
        String document = Files.readString(RUNBOOK);
        Map<String, String> sections = new LinkedHashMap<>();
        List<MatchResult> heads = SECTION.matcher(document).results().toList();
        for (int i = 0; i < heads.size(); i++) {
            int end = i + 1 < heads.size() ? heads.get(i + 1).start() : document.length();
            sections.put(
                    anchor(heads.get(i).group(1)),
                    document.substring(heads.get(i).end(), end));
        }
        return sections;
    }
}
