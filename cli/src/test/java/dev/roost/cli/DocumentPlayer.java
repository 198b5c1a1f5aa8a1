package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Run;
import dev.roost.cli.Transcript.Step;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what a reader of a document does: copies its commands, opens addresses and consents where the prose says "choose",
 * puts values of answers into variables, and compares what comes with what is shown.
 */
final class DocumentPlayer {
    private static final Pattern CHOOSE = Pattern.compile("choose\\s+`@(\\w+)`");
    private static final Pattern KEEP = Pattern.compile("([A-Z_]+)=(\\S+)");
    private static final Pattern KEEP_OUTPUT = Pattern.compile("([A-Z_]+)=\\$\\(\\./roost (.*)\\)");
    private static final Map<String, String> USERS = Map.of("ada", "1001", "grace", "1002");
    private static final byte[] PICTURE = new byte[3000];

    private final TestTerminal terminal;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> members = new HashMap<>();
    private Optional<URI> consent = Optional.empty();

    DocumentPlayer(TestTerminal terminal) {
        this.terminal = terminal;
    }

    void play(Step step) {
        Matcher user = CHOOSE.matcher(step.prose());
        if (user.find() && consent.isPresent()) {
            agree(USERS.getOrDefault(user.group(1), ""), consent.get());
        }
        Matcher output = KEEP_OUTPUT.matcher(step.command());
        Matcher value = KEEP.matcher(step.command());
        if (output.matches()) {
            Run run = roost(output.group(2), step);
            variables.put(output.group(1), run.out().strip());
        } else if (value.matches()) {
            keep(value.group(1));
        } else if (step.command().startsWith("./roost ")) {
            roost(step.command().substring("./roost ".length()), step);
        } else {
            curl(step);
        }
    }

    /** {@code CODE_VERIFIER} takes the member {@code codeVerifier} that came last. */
    private void keep(String variable) {
        String camel = Arrays.stream(variable.toLowerCase(Locale.ROOT).split("_"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        String member = Character.toLowerCase(camel.charAt(0)) + camel.substring(1);
        assertThat(members).as("answers before $%s=…", variable).containsKey(member);
        variables.put(variable, members.getOrDefault(member, ""));
    }

    private void agree(String userId, URI address) {
        consent = Optional.empty();
        URI back = TestPerson.agreeing(userId).consent(address);
        Arrays.stream(back.getRawQuery().split("&", -1))
                .filter(part -> part.startsWith("code="))
                .forEach(part -> members.put("code", part.substring("code=".length())));
        assertThat(TestPerson.get(back).statusCode()).isEqualTo(200);
    }

    private Run roost(String arguments, Step step) {
        Run run = terminal.run(ShellWords.of(arguments, variables).toArray(String[]::new));
        assertThat(run.exit()).as(step + "\n" + run.err()).isZero();
        String printed = Likeness.normal(run.out() + run.err());
        step.shown().lines().forEach(line -> assertThat(printed).as("%s", step).contains(Likeness.normal(line)));
        return run;
    }

    private void curl(Step step) {
        String command = here(step.command());
        List<String> words = ShellWords.of(command, variables);
        assertThat(words.getFirst()).as("%s", step).isEqualTo("curl");
        Curl curl = Curl.of(words, ShellWords.filled(here(step.input()), variables), PICTURE);
        HttpResponse<String> answer = TestPerson.send(curl.request());
        if (curl.isQuiet()) {
            assertThat(answer.statusCode()).as("%s\n%s", step, answer.body()).isEqualTo(200);
            return;
        }
        JsonNode real = JsonMapper.shared().readTree(answer.body());
        remember(real);
        assertThat(step.shown()).as("%s shows an answer", step).isNotBlank();
        String shown = step.shown().strip();
        if (curl.tellsStatus()) {
            int cut = shown.lastIndexOf('\n');
            assertThat(shown.substring(cut + 1))
                    .as("status of %s", step)
                    .isEqualTo(Integer.toString(answer.statusCode()));
            shown = shown.substring(0, cut);
        }
        assertThat(Likeness.differences(JsonMapper.shared().readTree(shown), real))
                .as("%s", step)
                .isEmpty();
    }

    /** Documents know the usual ports; here others are in use. */
    private String here(String text) {
        return text.replace("http://127.0.0.1:3001", terminal.address("").toString())
                .replace("http://127.0.0.1:3002", terminal.xAddress());
    }

    private void remember(JsonNode answer) {
        answer.propertyStream().forEach(member -> {
            if (member.getValue().isString()) {
                members.put(member.getKey(), member.getValue().asString());
                if (member.getKey().matches("authorizationUrl|reauthorizeUrl")) {
                    consent = Optional.of(URI.create(member.getValue().asString()));
                }
            }
            remember(member.getValue());
        });
    }
}
