package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.roost.server.openapi.OpenApi;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds exchanges against the API's description, by a library that knows JSON Schema as OpenAPI 3.1 uses it. Stricter than
 * the description in one point: a member that it does not name is an error.
 */
public final class Conformance {
    private static final String ID = "https://roost.example/openapi.json";

    private final ObjectNode document = OpenApi.document("test");
    private final SchemaRegistry schemas;

    /** Reads the description. */
    public Conformance() {
        ObjectNode closed = document.deepCopy();
        close(closed);
        schemas = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(ID, closed.toString())));
    }

    /** An operation of the document and where it is. */
    private record Operation(String pointer, JsonNode node, JsonNode path) {}

    /**
     * Checks one exchange.
     *
     * @throws AssertionError if the description does not allow this request or this answer
     */
    public void check(String method, URI target, Optional<String> sent, HttpResponse<String> response) {
        String what = method + " " + target.getRawPath() + " -> " + response.statusCode() + " " + response.body();
        if (response.body().contains("\"code\":\"refused\"")) {
            // Not HTTP as it should be, and so turned away before there was an operation.
            validate(what, "/components/schemas/Problem", response.body());
            return;
        }
        Optional<Operation> found = operation(method, target.getRawPath());
        if (found.isEmpty()) {
            checkUnknown(what, response);
            return;
        }
        Operation operation = found.get();
        checkResponse(what, operation, response);
        if (response.statusCode() < 400) {
            checkQuery(what, operation, target);
            sent.ifPresent(body -> checkRequest(what, operation, body));
        }
    }

    private void checkUnknown(String what, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(what).isIn(204, 403, 404, 405, 421);
        if (!response.body().isEmpty()) {
            validate(what, "/components/schemas/Problem", response.body());
        }
    }

    private void checkResponse(String what, Operation operation, HttpResponse<String> response) {
        JsonNode responses = operation.node().path("responses");
        String status = Integer.toString(response.statusCode());
        String known = responses.has(status) ? status : "default";
        assertThat(responses.propertyNames()).as(what + ": status " + status).contains(known);
        String pointer = resolve(operation.pointer() + "/responses/" + known);
        JsonNode described = document.at(pointer);
        described.path("headers").propertyNames().forEach(name -> checkHeader(what, pointer, name, response));
        if (what.startsWith("HEAD ") || !described.has("content")) {
            assertThat(response.body()).as(what).isEmpty();
            return;
        }
        String type =
                response.headers().firstValue("Content-Type").orElse("none").replaceAll("\\s*;.*", "");
        JsonNode content = described.path("content");
        String range = content.has(type) ? type : "*/*";
        assertThat(content.propertyNames()).as(what).contains(range);
        if (type.endsWith("json") && content.path(range).has("schema")) {
            validate(what, pointer + "/content/" + escaped(range) + "/schema", response.body());
        } else if (response.body().contains("urn:roost:problem:")) {
            validate(what, "/components/schemas/Problem", response.body());
        }
    }

    private void checkHeader(String what, String pointer, String name, HttpResponse<String> response) {
        String header = resolve(pointer + "/headers/" + escaped(name));
        Optional<String> value = response.headers().firstValue(name);
        assertThat(value.isPresent() || !document.at(header).path("required").asBoolean(false))
                .as(what + ": header " + name)
                .isTrue();
        value.ifPresent(text -> validate(what, header + "/schema", literal(header + "/schema", text)));
    }

    private void checkQuery(String what, Operation operation, URI target) {
        if (target.getRawQuery() == null) {
            return;
        }
        for (String pair : target.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String schema = parameter(operation, parts[0])
                    .orElseThrow(() -> new AssertionError(what + ": no such parameter: " + parts[0]));
            validate(what, schema, literal(schema, URLDecoder.decode(parts[1], StandardCharsets.UTF_8)));
        }
    }

    private Optional<String> parameter(Operation operation, String name) {
        for (int i = 0; i < operation.node().path("parameters").size(); i++) {
            String pointer = resolve(operation.pointer() + "/parameters/" + i);
            if (document.at(pointer).path("name").asString("").equals(name)) {
                return Optional.of(pointer + "/schema");
            }
        }
        return Optional.empty();
    }

    private void checkRequest(String what, Operation operation, String body) {
        assertThat(operation.node().has("requestBody"))
                .as(what + ": takes a body")
                .isTrue();
        if (!operation.node().at("/requestBody/content").has("*/*")) {
            validate(what, operation.pointer() + "/requestBody/content/application~1json/schema", body);
        }
    }

    private void validate(String what, String pointer, String json) {
        Schema schema = schemas.getSchema(
                SchemaLocation.of(ID + "#" + pointer.replace("{", "%7B").replace("}", "%7D")));
        List<?> errors = schema.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(errors).as(what + " against " + pointer).isEmpty();
    }

    /** A header or parameter as a JSON value: a number where the description says so. */
    private String literal(String pointer, String text) {
        boolean number = document.at(pointer).path("type").asString("").equals("integer") && text.matches("-?[0-9]+");
        return number ? text : JsonMapper.shared().writeValueAsString(text);
    }

    private String resolve(String pointer) {
        JsonNode reference = document.at(pointer).path("$ref");
        return reference.isMissingNode() ? pointer : reference.asString().substring(1);
    }

    private Optional<Operation> operation(String method, String path) {
        String name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return document.path("paths").properties().stream()
                .filter(entry ->
                        matches(entry.getKey(), path) && entry.getValue().has(name))
                .min(Comparator.comparing(entry -> entry.getKey().contains("{")))
                .map(entry -> new Operation(
                        "/paths/" + escaped(entry.getKey()) + "/" + name,
                        entry.getValue().path(name),
                        entry.getValue()));
    }

    private static boolean matches(String template, String path) {
        String regex = Stream.of(template.split("(?=\\{)|(?<=})", -1))
                .map(part -> part.equals("{rest}") ? ".+" : part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                .reduce("", String::concat);
        return path.matches(regex);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.values().forEach(Conformance::close);
    }
}
