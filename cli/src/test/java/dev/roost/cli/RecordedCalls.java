package dev.roost.cli;

import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * The session with mcp-twitter-noauth that the tests of the server hold. In arguments and texts, names in braces stand for what
 * differs from run to run.
 */
final class RecordedCalls {
    private static final Path FILE = Path.of("../server/src/test/resources/recorded/mcp-twitter-noauth.json");
    private static final String PUBLIC = "test-app";
    private static final String CONFIDENTIAL = "confidential-app";
    private static final String SECRET = "canary-app-secret_0123456789abcdefghijklmnopqrstuv";
    private static final String CALLBACK = "http://127.0.0.1:3001/auth/twitter/callback";
    private static final Pattern NAME = Pattern.compile("\\{([a-z-]+)}");
    private static final Map<String, String> PATTERNS = Map.of(
            "time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00",
            "x-time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z",
            "id", "\\d{1,19}",
            "seconds", "\\d+",
            "lifetime", "7200|7199",
            "token", "[A-Za-z0-9_-]{60,}",
            "words", "[^\"]+");

    private RecordedCalls() {}

    /** One call, and what has to come of it. */
    record Row(String about, String tool, JsonNode before, JsonNode arguments, boolean isError, String text) {
        @Override
        public String toString() {
            return about;
        }
    }

    static List<Row> rows() {
        return file().path("calls")
                .valueStream()
                .map(row -> new Row(
                        row.path("row").stringValue(),
                        row.path("tool").stringValue(),
                        row.path("before"),
                        row.path("arguments"),
                        row.path("isError").booleanValue(),
                        row.path("text").stringValue()))
                .toList();
    }

    /** The list of tools. */
    static JsonNode tools() {
        return file().path("tools");
    }

    private static JsonNode file() {
        try {
            return JsonMapper.shared().readTree(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the scene of a row at a new X, and returns what the names in braces stand for. */
    static Map<String, String> prepare(Simulator x, Row row) {
        x.addApp(PUBLIC, null, CALLBACK);
        x.addApp(CONFIDENTIAL, SECRET, CALLBACK);
        x.addUser("1001", "ada");
        x.addUser("1002", "grace");
        Map<String, String> names = new LinkedHashMap<>();
        names.put("post", x.addPost("grace", "Hello @ada").id());
        names.put("x", x.uri().toString());
        names.put("secret", SECRET);
        names.put("long", "a".repeat(281));
        row.before().forEach(step -> perform(x, step.stringValue().split(" ", 4), names));
        return names;
    }

    private static void perform(Simulator x, String[] step, Map<String, String> names) {
        switch (step[0]) {
            case "access" -> names.put("access", x.issue(PUBLIC, "1001").accessToken());
            case "reader" ->
                names.put(
                        "reader",
                        x.issue(PUBLIC, "1001", "tweet.read", "users.read").accessToken());
            case "refresh" -> names.put("refresh", x.issue(step[1], "1001").refreshToken());
            case "fault" -> x.queue(fault(step));
            case "advance" -> x.advance(Duration.parse(step[1]));
            case "post" -> x.addPost(step[1], step[2] + " " + step[3]);
            case "reply" -> x.addReply(step[1], step[2] + " " + step[3], names.getOrDefault("post", ""));
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
    static Pattern expected(String text, Map<String, String> names) {
        StringBuilder regex = new StringBuilder();
        Matcher name = NAME.matcher(text);
        int end = 0;
        while (name.find()) {
            regex.append(Pattern.quote(text.substring(end, name.start())));
            String pattern = PATTERNS.get(name.group(1));
            regex.append(pattern == null ? Pattern.quote(filled(name.group(), names)) : "(?:" + pattern + ")");
            end = name.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(text.substring(end))).toString());
    }
}
