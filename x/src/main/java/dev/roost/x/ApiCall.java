package dev.roost.x;

import dev.roost.core.Scopes;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One data call and how to read its answer.
 *
 * @param method of HTTP
 * @param path below the API address
 * @param scopes what X wants the account to have granted
 * @param value reads what {@code data} holds; empty when it is not what X promises
 */
record ApiCall<T>(String method, String path, Scopes scopes, Function<JsonNode, Optional<T>> value) {
    private static final Scopes READ = Scopes.of("tweet.read", "users.read");
    private static final Scopes WRITE = Scopes.of("tweet.read", "tweet.write", "users.read");

    static <T> ApiCall<T> reading(String path, Function<JsonNode, Optional<T>> value) {
        return new ApiCall<>("GET", path, READ, value);
    }

    static <T> ApiCall<T> writing(String method, String path, Function<JsonNode, Optional<T>> value) {
        return new ApiCall<>(method, path, WRITE, value);
    }
}
