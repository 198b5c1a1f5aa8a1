package dev.roost.server.mcp.accounts;

import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Client;
import dev.roost.mcp.catalog.LogLevel;
import dev.roost.mcp.catalog.Principal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request as the protocol core would hand it on.
 *
 * @param told what the client was told of progress
 */
record TestCall(
        Who principal,
        String binding,
        boolean opensUrls,
        Optional<String> action,
        Optional<JsonNode> state,
        List<String> told)
        implements Call {

    /** A principal with these scopes, for these accounts; none: all. Over HTTP, unless it is present. */
    record Who(String id, Set<KeyScope> scopes, Set<AccountId> accounts, boolean isPresent) implements Principal {
        @Override
        public String shown() {
            return "the API key \"test\" (" + id + ")";
        }

        @Override
        public boolean isAnonymous() {
            return false;
        }

        @Override
        public boolean has(String scope) {
            return scopes.stream().anyMatch(own -> own.implies(KeyScope.parse(scope)));
        }

        @Override
        public boolean covers(String account) {
            return accounts.isEmpty()
                    || accounts.stream().anyMatch(own -> own.value().equals(account));
        }
    }

    /** Somebody who may do everything, whose client cannot open pages. */
    static TestCall admin() {
        return of(KeyScope.ADMIN);
    }

    static TestCall of(KeyScope... scopes) {
        return by(new Who("k123456789", Set.of(scopes), Set.of(), true));
    }

    static TestCall by(Who who) {
        return new TestCall(
                who, "session-one", false, Optional.empty(), Optional.empty(), new CopyOnWriteArrayList<>());
    }

    /** The same, over HTTP. */
    TestCall remote() {
        return new TestCall(
                new Who(principal.id(), principal.scopes(), principal.accounts(), false),
                binding,
                opensUrls,
                action,
                state,
                told);
    }

    /** The same, limited to this account. */
    TestCall only(AccountId account) {
        return by(new Who(principal.id(), principal.scopes(), Set.of(account), principal.isPresent()));
    }

    /** The same, from a client that opens pages. */
    TestCall openingUrls() {
        return new TestCall(principal, binding, true, action, state, told);
    }

    /** The same, from another session. */
    TestCall session(String name) {
        return new TestCall(principal, name, opensUrls, action, state, told);
    }

    /** The call that is made again when the person has answered; the state goes through JSON text, as over the wire. */
    TestCall answering(Ask ask, String answer) {
        Optional<JsonNode> back = ask.state().map(node -> JsonMapper.shared().readTree(node.toString()));
        return new TestCall(principal, binding, opensUrls, Optional.of(answer), back, told);
    }

    /** The call that is made again with the state, and without what the person answered. */
    TestCall forgettingTheAnswer(Ask ask) {
        TestCall again = answering(ask, "accept");
        return new TestCall(principal, binding, opensUrls, Optional.empty(), again.state(), told);
    }

    @Override
    public Client client() {
        String json = opensUrls ? "{\"elicitation\":{\"url\":{}}}" : "{}";
        return new Client("test", "1", JsonMapper.shared().readTree(json));
    }

    @Override
    public Optional<JsonNode> answer(String question) {
        return action.map(word -> JsonMapper.shared().createObjectNode().put("action", word));
    }

    @Override
    public void progress(double progress, OptionalDouble total, String message) {
        told.add(message);
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {
        told.add(data.toString());
    }

    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }
}
