package dev.roost.simulator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The controls under {@code /_sim} that turn the clock, make faults and read the ledger. */
final class ControlRoutes {

    private static final String INDEX = """
            {"controls": {
              "GET /_sim/users": "list users",
              "POST /_sim/users": "add one: {\\"id\\":\\"1003\\",\\"username\\":\\"alan\\"}",
              "GET /_sim/apps": "list apps",
              "POST /_sim/apps": "add one: {\\"clientId\\":\\"a\\",\\"clientSecret\\":\\"s\\",\\"redirectUris\\":[\\"http://127.0.0.1/cb\\"]}",
              "POST /_sim/apps/{clientId}/secret": "change it: {\\"clientSecret\\":\\"new\\"}; leave it out for a public client",
              "POST /_sim/issue": "mint a grant: {\\"clientId\\":\\"a\\",\\"userId\\":\\"1001\\",\\"scopes\\":[\\"tweet.read\\"]}",
              "POST /_sim/revoke": "as the user would: {\\"userId\\":\\"1001\\"}",
              "GET /_sim/clock": "read it",
              "POST /_sim/clock": "turn it: {\\"advance\\":\\"PT2H\\"}",
              "GET /_sim/faults": "list those waiting, and all kinds",
              "POST /_sim/faults": "queue one: {\\"endpoint\\":\\"TOKEN\\",\\"kind\\":\\"LOSE_ANSWER\\"}; some take \\"time\\":\\"PT5S\\"",
              "POST /_sim/release": "let held requests go on",
              "GET /_sim/switches": "read them",
              "POST /_sim/switches": "set some: {\\"familyKill\\":true,\\"graceWindow\\":\\"PT30S\\"}",
              "GET /_sim/ledger": "every token, token request, post and upload",
              "GET /_sim/tweets": "every post",
              "POST /_sim/tweets": "add one, by user name or id: {\\"user\\":\\"grace\\",\\"text\\":\\"Hello @ada\\"}; may take \\"replyTo\\":\\"1900000000000000001\\"",
              "GET /_sim/media": "every upload: its size and SHA-256"
            }}
            """;

    private final World world;

    ControlRoutes(World world) {
        this.world = world;
    }

    List<Route> all() {
        return List.of(
                control("GET", "/_sim", visit -> Answer.json(200, Json.readObject(INDEX))),
                control("GET", "/_sim/clock", visit -> clock()),
                control("POST", "/_sim/clock", this::advance),
                control("GET", "/_sim/faults", visit -> faults()),
                control("POST", "/_sim/faults", this::queue),
                control("POST", "/_sim/release", visit -> release()),
                control("GET", "/_sim/ledger", visit -> Answer.json(200, LedgerJson.of(world.ledger()))));
    }

    static Route control(String method, String path, Handler handler) {
        return new Route(Endpoint.CONTROL, method, path, handler);
    }

    /** The answer to a control that asked for what cannot be. */
    static Answer refused(IllegalArgumentException refusal) {
        String message =
                Optional.ofNullable(refusal.getMessage()).orElse("the request is not understood; see GET /_sim");
        return Answer.json(400, Json.object().put("error", message));
    }

    /** The answer to a control that does not exist. */
    static Answer unknown(Call call) {
        return Answer.json(
                404,
                Json.object()
                        .put(
                                "error",
                                "no control '" + call.method() + " " + call.path()
                                        + "'; allowed: those listed by GET /_sim; call one of them"));
    }

    /**
     * The text of a field.
     *
     * @throws IllegalArgumentException when the field is missing or not text
     */
    static String text(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException("field '" + field + "' is " + value + "; allowed: text; add \"" + field
                    + "\":\"...\", see GET /_sim for an example");
        }
        return value.asString();
    }

    private Answer clock() {
        return Answer.json(200, Json.object().put("now", world.clock().now().toString()));
    }

    private Answer advance(Visit visit) {
        world.clock().advance(duration(Json.readObject(visit.call().body()), "advance"));
        return clock();
    }

    private Answer faults() {
        ObjectNode body = Json.object();
        ArrayNode waiting = body.putArray("waiting");
        for (Fault fault : world.faults().waiting()) {
            waiting.addObject()
                    .put("endpoint", fault.endpoint().name())
                    .put("kind", fault.kind().name())
                    .put("time", fault.time().toString());
        }
        ArrayNode kinds = body.putArray("kinds");
        Arrays.stream(FaultKind.values()).skip(1).map(Enum::name).forEach(kinds::add);
        return Answer.json(200, body);
    }

    private Answer queue(Visit visit) {
        ObjectNode body = Json.readObject(visit.call().body());
        Endpoint endpoint = oneOf(Endpoint.values(), body, "endpoint");
        FaultKind kind = oneOf(FaultKind.values(), body, "kind");
        Duration time = body.has("time") ? duration(body, "time") : Duration.ZERO;
        world.faults().add(new Fault(endpoint, kind, time));
        return faults();
    }

    private Answer release() {
        return Answer.json(200, Json.object().put("released", world.gate().release()));
    }

    /**
     * The duration in a field.
     *
     * @throws IllegalArgumentException when the field is missing or no duration
     */
    static Duration duration(ObjectNode body, String field) {
        try {
            return Duration.parse(text(body, field));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "field '" + field + "' is " + body.path(field)
                            + "; allowed: an ISO 8601 duration; send one like PT2H",
                    e);
        }
    }

    private static <E extends Enum<E>> E oneOf(E[] all, ObjectNode body, String field) {
        String wanted = text(body, field);
        return Arrays.stream(all)
                .filter(each -> each.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("field '" + field + "' is '" + wanted + "'; allowed: "
                        + Arrays.toString(all) + "; send one of them"));
    }
}
