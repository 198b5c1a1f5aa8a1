package dev.roost.server.mcp.stateless;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Client;
import dev.roost.mcp.catalog.LogLevel;
import dev.roost.mcp.catalog.Principal;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A call of nobody in particular, who wants to hear nothing but the result. */
public final class QuietCall implements Call {
    private final Principal principal;

    /** Nobody calls. */
    public QuietCall() {
        this(new Nobody());
    }

    /** This one calls. */
    public QuietCall(Principal principal) {
        this.principal = principal;
    }

    private record Nobody() implements Principal {
        @Override
        public String id() {
            return "nobody";
        }

        @Override
        public boolean isAnonymous() {
            return true;
        }

        @Override
        public boolean has(String scope) {
            return false;
        }

        @Override
        public boolean covers(String account) {
            return false;
        }
    }

    /** Somebody known, with one scope. */
    public record Somebody(String scope, boolean isPresent) implements Principal {
        @Override
        public String id() {
            return "somebody";
        }

        @Override
        public boolean isAnonymous() {
            return false;
        }

        @Override
        public boolean has(String asked) {
            return scope.equals(asked);
        }

        @Override
        public boolean covers(String account) {
            return false;
        }
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public Client client() {
        return new Client("test", "1", JsonMapper.shared().createObjectNode());
    }

    @Override
    public String binding() {
        return "nobody";
    }

    @Override
    public Optional<JsonNode> answer(String question) {
        return Optional.empty();
    }

    @Override
    public Optional<JsonNode> state() {
        return Optional.empty();
    }

    @Override
    public void progress(double progress, OptionalDouble total, String message) {
        // Nobody listens.
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {
        // Nobody listens.
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}
