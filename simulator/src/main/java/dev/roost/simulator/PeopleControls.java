package dev.roost.simulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The controls under {@code /_sim} for apps, users and what users grant. */
final class PeopleControls {

    private final World world;

    PeopleControls(World world) {
        this.world = world;
    }

    List<Route> all() {
        return List.of(
                ControlRoutes.control("GET", "/_sim/users", visit -> users()),
                ControlRoutes.control("POST", "/_sim/users", this::addUser),
                ControlRoutes.control("GET", "/_sim/apps", visit -> apps()),
                ControlRoutes.control("POST", "/_sim/apps", this::addApp),
                ControlRoutes.control("POST", "/_sim/apps/{}/secret", this::changeSecret),
                ControlRoutes.control("POST", "/_sim/issue", this::issue),
                ControlRoutes.control("POST", "/_sim/revoke", this::revoke));
    }

    private Answer users() {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("users");
        world.register()
                .users()
                .forEach(user -> list.addObject().put("id", user.id()).put("username", user.username()));
        return Answer.json(200, body);
    }

    private Answer addUser(Visit visit) {
        ObjectNode body = Json.readObject(visit.call().body());
        world.register().add(new SimulatedUser(ControlRoutes.text(body, "id"), ControlRoutes.text(body, "username")));
        return users();
    }

    private Answer apps() {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("apps");
        for (SimulatedApp app : world.register().apps()) {
            ArrayNode uris = list.addObject()
                    .put("clientId", app.clientId())
                    .put("public", app.isPublic())
                    .putArray("redirectUris");
            app.redirectUris().forEach(uris::add);
        }
        return Answer.json(200, body);
    }

    private Answer addApp(Visit visit) {
        ObjectNode body = Json.readObject(visit.call().body());
        world.register()
                .add(new SimulatedApp(
                        ControlRoutes.text(body, "clientId"), secretIn(body), texts(body, "redirectUris")));
        return apps();
    }

    private Answer changeSecret(Visit visit) {
        world.register()
                .changeSecret(
                        visit.pathValue(), secretIn(Json.readObject(visit.call().body())));
        return apps();
    }

    private Answer issue(Visit visit) {
        ObjectNode body = Json.readObject(visit.call().body());
        SimulatedApp app = world.register().requireApp(ControlRoutes.text(body, "clientId"));
        SimulatedUser user = world.register().requireUser(ControlRoutes.text(body, "userId"));
        IssuedPair pair = world.issue(app, user, texts(body, "scopes"));
        return Answer.json(
                200, Json.object().put("accessToken", pair.accessToken()).put("refreshToken", pair.refreshToken()));
    }

    private Answer revoke(Visit visit) {
        ObjectNode body = Json.readObject(visit.call().body());
        SimulatedUser user = world.register().requireUser(ControlRoutes.text(body, "userId"));
        world.grants().revokeUser(user.id());
        return Answer.json(200, Json.object().put("revoked", user.id()));
    }

    private static String secretIn(ObjectNode body) {
        return body.path("clientSecret").isNull() || !body.has("clientSecret")
                ? ""
                : ControlRoutes.text(body, "clientSecret");
    }

    private static List<String> texts(ObjectNode body, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : body.path(field)) {
            texts.add(each.asString(""));
        }
        return texts;
    }
}
