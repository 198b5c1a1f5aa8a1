package dev.roost.x;

import dev.roost.core.Scopes;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One data call and how to read its answer.
 *
 * @param method of HTTP
 * @param path below the API address
 * @param query encoded; empty for none
 * @param body what is sent, of the media type {@code type}
 * @param type of the body; empty when there is none
 * @param permission what X wants to allow it
 * @param value reads the whole answer; empty when it is not what X promises
 */
record ApiCall<T>(
        String method,
        String path,
        String query,
        Body body,
        String type,
        Permission permission,
        Function<ObjectNode, Optional<T>> value) {
    private static final Permission READ = Permission.of(Scopes.of("tweet.read", "users.read"));
    private static final Permission WRITE = Permission.of(Scopes.of("tweet.read", "tweet.write", "users.read"));

    /** A call that changes nothing; {@code data} of the answer is read. */
    static <T> ApiCall<T> reading(String path, Function<JsonNode, Optional<T>> data) {
        return new ApiCall<>("GET", path, "", new Body.None(), "", READ, answer -> data.apply(answer.path("data")));
    }

    /** A call that changes something; {@code data} of the answer is read. */
    static <T> ApiCall<T> writing(String method, String path, Function<JsonNode, Optional<T>> data) {
        return new ApiCall<>(method, path, "", new Body.None(), "", WRITE, answer -> data.apply(answer.path("data")));
    }

    /** The same, with these parameters. */
    ApiCall<T> asking(Map<String, String> parameters) {
        return new ApiCall<>(method, path, Query.of(parameters), body, type, permission, value);
    }

    /** The same, with this JSON. */
    ApiCall<T> sending(ObjectNode json) {
        return sending(Body.text(json.toString()), "application/json");
    }

    /** The same, with a body of this type. */
    ApiCall<T> sending(Body content, String contentType) {
        return new ApiCall<>(method, path, query, content, contentType, permission, value);
    }

    /** The same, with other rules. */
    ApiCall<T> needing(Permission other) {
        return new ApiCall<>(method, path, query, body, type, other, value);
    }

    /** The same, but the whole answer is read. */
    <R> ApiCall<R> yielding(Function<ObjectNode, Optional<R>> whole) {
        return new ApiCall<>(method, path, query, body, type, permission, whole);
    }

    /** Returns path and query. */
    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
