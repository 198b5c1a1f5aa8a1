package dev.roost.server.mcp.stateless;

import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.LedgerPost;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The session with mcp-twitter-noauth that {@code recorded/mcp-twitter-noauth.json} holds. In arguments and texts, names in
 * braces stand for what differs from run to run.
 */
final class Recorded {
    private static final Pattern NAME = Pattern.compile("\\{([a-z-]+)}");
    private static final Map<String, String> PATTERNS = Map.of(
            "time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00",
            "x-time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z",
            "id", "\\d{1,19}",
            "seconds", "\\d+",
            "lifetime", "7200|7199",
            "token", "[A-Za-z0-9_-]{60,}",
            "words", "[^\"]+");

    private Recorded() {}

    /** One call, and what has to come of it. */
    record Row(
            String about,
            String tool,
            JsonNode before,
            JsonNode arguments,
            boolean isError,
            String text,
            String original) {
        @Override
        public String toString() {
            return about;
        }
    }

    static List<Row> rows() {
        return file().path("calls").values().stream().map(Recorded::row).toList();
    }

    /** The list of tools. */
    static JsonNode tools() {
        return file().path("tools");
    }

    private static Row row(JsonNode row) {
        return new Row(
                row.path("row").stringValue(),
                row.path("tool").stringValue(),
                row.path("before"),
                row.path("arguments"),
                row.path("isError").booleanValue(),
                row.path("text").stringValue(),
                row.path("original").asString(""));
    }

    private static JsonNode file() {
        try (InputStream in = Recorded.class.getResourceAsStream("/recorded/mcp-twitter-noauth.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the scene of a row, and returns what the names in braces stand for. */
    static Map<String, String> prepare(Stage stage, Row row) {
        LedgerPost post = stage.x().addPost("grace", "Hello @ada");
        Map<String, String> names = new LinkedHashMap<>();
        names.put("post", post.id());
        names.put("x", stage.x().uri().toString());
        names.put("secret", Stage.SECRET);
        names.put("long", "a".repeat(281));
        row.before().values().forEach(step -> perform(stage, step.stringValue().split(" ", 4), names));
        return names;
    }

    private static void perform(Stage stage, String[] step, Map<String, String> names) {
        switch (step[0]) {
            case "access" -> names.put("access", stage.access());
            case "reader" -> names.put("reader", stage.access("tweet.read", "users.read"));
            case "refresh" -> names.put("refresh", stage.refresh(step[1]));
            case "fault" -> stage.x().queue(fault(step));
            case "advance" -> stage.x().advance(Duration.parse(step[1]));
            case "post" ->
                names.put(
                        "own",
                        stage.x().addPost(step[1], step[2] + " " + step[3]).id());
            case "reply" -> stage.x().addReply(step[1], step[2] + " " + step[3], names.getOrDefault("post", ""));
            default -> throw new IllegalArgumentException("unknown step " + step[0]);
        }
    }

    private static Fault fault(String[] step) {
        Endpoint endpoint = Endpoint.valueOf(step[1]);
        FaultKind kind = FaultKind.valueOf(step[2]);
        return step.length < 4 ? Fault.of(endpoint, kind) : new Fault(endpoint, kind, Duration.parse(step[3]));
    }

    static ObjectNode arguments(Row row, Map<String, String> names) {
        ObjectNode filled = JsonMapper.shared().createObjectNode();
        row.arguments().properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isString()) {
                filled.put(member.getKey(), filled(value.stringValue(), names));
            } else {
                filled.set(member.getKey(), value);
            }
        });
        return filled;
    }

    private static String filled(String text, Map<String, String> names) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(names.getOrDefault(name.group(1), name.group())));
    }

    /** Makes a pattern of the text of a row. */
    static Pattern expected(Row row, Map<String, String> names) {
        StringBuilder regex = new StringBuilder();
        Matcher name = NAME.matcher(row.text());
        int end = 0;
        while (name.find()) {
            regex.append(Pattern.quote(row.text().substring(end, name.start())));
            String pattern = PATTERNS.get(name.group(1));
            regex.append(pattern == null ? Pattern.quote(filled(name.group(), names)) : "(?:" + pattern + ")");
            end = name.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(row.text().substring(end))).toString());
    }
}
