package dev.roost.server.mcp.accounts;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Client;
import dev.roost.mcp.catalog.LogLevel;
import dev.roost.mcp.catalog.Principal;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The call of a client that cannot be asked anything: who only reads is not to be sent to X. */
record WithoutQuestions(Call call) implements Call {
    @Override
    public Principal principal() {
        return call.principal();
    }

    @Override
    public Client client() {
        Client client = call.client();
        return new Client(client.name(), client.version(), JsonMapper.shared().createObjectNode());
    }

    @Override
    public String binding() {
        return call.binding();
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
        call.progress(progress, total, message);
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {
        call.log(level, logger, data);
    }

    @Override
    public boolean isCancelled() {
        return call.isCancelled();
    }
}
