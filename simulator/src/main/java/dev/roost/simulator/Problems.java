package dev.roost.simulator;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The error bodies of X's API v2, {@code application/problem+json}. */
final class Problems {

    private static final String TYPES = "https://api.twitter.com/2/problems/";

    private Problems() {}

    static Answer unauthorized() {
        return blank(401, "Unauthorized", "Unauthorized");
    }

    static Answer forbidden(String detail) {
        return blank(403, "Forbidden", detail);
    }

    /** What X says both of a missing scope and of what its policy forbids. */
    static Answer notPermitted() {
        return forbidden("You are not permitted to perform this action.");
    }

    static Answer notFound() {
        return blank(404, "Not Found", "Not Found");
    }

    static Answer tooMany() {
        return problem(429, "Too Many Requests", "Too Many Requests");
    }

    static Answer unavailable() {
        return problem(503, "Service Unavailable", "Service Unavailable");
    }

    static Answer creditsDepleted() {
        return Answer.problem(
                402,
                Json.object()
                        .put("title", "CreditsDepleted")
                        .put("detail", "Your enrolled account does not have any credits to fulfill this request.")
                        .put("type", "https://api.x.com/2/problems/credits")
                        .put("status", 402));
    }

    static Answer invalid(String parameter, String value, String message) {
        Findings findings = new Findings();
        findings.add(parameter, value, message);
        return findings.refusal().orElseThrow();
    }

    /** Status 400 for errors of the shape that {@link Findings} gives them. */
    static Answer invalid(ArrayNode errors) {
        ObjectNode body = Json.object();
        body.set("errors", errors);
        body.put("title", "Invalid Request")
                .put("detail", "One or more parameters to your request was invalid.")
                .put("type", TYPES + "invalid-request");
        return Answer.problem(400, body);
    }

    static Answer tooLong() {
        return Answer.problem(
                400,
                Json.object()
                        .put("title", "Invalid Request")
                        .put("detail", "Your Tweet text is too long.")
                        .put("type", TYPES + "invalid-request"));
    }

    /** Status 200 with errors and no data: X's way to say that one thing asked for is not there. */
    static Answer missing(String resource, String parameter, String value) {
        ObjectNode body = Json.object();
        body.putArray("errors").add(missingError(resource, parameter, value));
        return Answer.json(200, body);
    }

    /** One of the errors that stand beside what was found. */
    static ObjectNode missingError(String resource, String parameter, String value) {
        return Json.object()
                .put("value", value)
                .put("detail", "Could not find " + resource + " with " + parameter + ": [" + value + "].")
                .put("title", "Not Found Error")
                .put("resource_type", resource)
                .put("parameter", parameter)
                .put("resource_id", value)
                .put("type", TYPES + "resource-not-found");
    }

    /** With the fields in the order of X's 401 and 403. */
    private static Answer blank(int status, String title, String detail) {
        return Answer.problem(
                status,
                Json.object()
                        .put("title", title)
                        .put("type", "about:blank")
                        .put("status", status)
                        .put("detail", detail));
    }

    /** With the fields in the order of X's 429. */
    private static Answer problem(int status, String title, String detail) {
        return Answer.problem(
                status,
                Json.object()
                        .put("title", title)
                        .put("detail", detail)
                        .put("type", "about:blank")
                        .put("status", status));
    }
}
