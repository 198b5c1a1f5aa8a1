package dev.roost.simulator;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The control under {@code /_sim} for the switches. */
final class SwitchControls {

    private final World world;

    SwitchControls(World world) {
        this.world = world;
    }

    List<Route> all() {
        return List.of(
                ControlRoutes.control("GET", "/_sim/switches", visit -> switches()),
                ControlRoutes.control("POST", "/_sim/switches", this::set));
    }

    private Answer switches() {
        Switches now = world.switches();
        return Answer.json(
                200,
                Json.object()
                        .put("familyKill", now.familyKill())
                        .put("oldAccessDies", now.oldAccessDies())
                        .put("graceWindow", now.graceWindow().toString())
                        .put("tokenLifetime", now.tokenLifetime().toString())
                        .put("refreshLifetime", now.refreshLifetime().toString())
                        .put("likesForbidden", now.likesForbidden())
                        .put("repliesOnlyWhenSummoned", now.repliesOnlyWhenSummoned())
                        .put("mediaProcessingFails", now.mediaProcessingFails())
                        .put("equalTextsTaken", now.equalTextsTaken())
                        .put("postsPerDayOfUser", now.postsPerDayOfUser())
                        .put("postsPerDayOfApp", now.postsPerDayOfApp()));
    }

    private Answer set(Visit visit) {
        ObjectNode body = Json.readObject(visit.call().body());
        for (String name : body.propertyNames()) {
            setter(body, name).accept(world.switches());
        }
        return switches();
    }

    private static Consumer<Switches> setter(ObjectNode body, String name) {
        return switch (name) {
            case "familyKill" -> to -> to.familyKill(flag(body, name));
            case "oldAccessDies" -> to -> to.oldAccessDies(flag(body, name));
            case "graceWindow" -> to -> to.graceWindow(ControlRoutes.duration(body, name));
            case "tokenLifetime" -> to -> to.tokenLifetime(ControlRoutes.duration(body, name));
            case "refreshLifetime" -> to -> to.refreshLifetime(ControlRoutes.duration(body, name));
            case "likesForbidden" -> to -> to.likesForbidden(flag(body, name));
            case "repliesOnlyWhenSummoned" -> to -> to.repliesOnlyWhenSummoned(flag(body, name));
            case "mediaProcessingFails" -> to -> to.mediaProcessingFails(flag(body, name));
            case "equalTextsTaken" -> to -> to.equalTextsTaken(flag(body, name));
            case "postsPerDayOfUser" -> to -> to.postsPerDayOfUser(number(body, name));
            case "postsPerDayOfApp" -> to -> to.postsPerDayOfApp(number(body, name));
            default ->
                throw new IllegalArgumentException(
                        "no switch '" + name + "'; allowed: those listed by GET /_sim/switches; set one of them");
        };
    }

    private static int number(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isInt()) {
            throw new IllegalArgumentException(
                    "field '" + field + "' is " + value + "; allowed: a whole number; send one like 100");
        }
        return value.intValue();
    }

    private static boolean flag(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(
                    "field '" + field + "' is " + value + "; allowed: true or false; send one of them");
        }
        return value.booleanValue();
    }
}
