package dev.roost.server.mcp;

import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.http.HttpReply;
import dev.roost.mcp.http.HttpRequest;
import dev.roost.mcp.http.McpEndpoint;
import dev.roost.server.http.Access;
import dev.roost.server.http.Call;
import dev.roost.server.http.Challenges;
import dev.roost.server.http.ErrorForm;
import dev.roost.server.http.PathTemplate;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The address of MCP: hands requests to the protocol, and its replies back. */
public final class McpRoutes {
    /** Where it is. */
    public static final String PATH = "/mcp";

    /** The longest message that is read, in bytes. */
    private static final int LONGEST = 256 * 1024;

    /** The same for who may upload: a picture of 5 MB as Base64, and some. */
    private static final int LONGEST_UPLOAD = 8 * 1024 * 1024;

    /** What an agent is told to ask for at first; a tool that needs more says so. */
    private static final Set<KeyScope> FIRST = Set.of(KeyScope.ACCOUNTS_READ);

    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private McpRoutes() {}

    /** Returns the routes of this endpoint: requests, the stream of a session, and its end. */
    public static List<Route> of(McpEndpoint endpoint, Challenges challenges) {
        return Map.of("POST", "mcp.request", "GET", "mcp.listen", "DELETE", "mcp.end").entrySet().stream()
                .map(one -> new Route(
                        one.getKey(),
                        PathTemplate.of(PATH),
                        one.getValue(),
                        new Access.Agent(FIRST),
                        Route.About.NO_ACCOUNT,
                        errors(),
                        call -> answer(endpoint, challenges, call)))
                .toList();
    }

    /** Errors before the protocol are JSON-RPC errors too; the id is not known then. */
    private static ErrorForm errors() {
        return (problem, call) -> Reply.json(problem.status(), error(problem));
    }

    private static ObjectNode error(Problem problem) {
        ObjectNode message = JsonMapper.shared().createObjectNode().put("jsonrpc", "2.0");
        message.putObject("error")
                .put("code", problem.status())
                .put("message", problem.detail())
                .putObject("data")
                .put("code", problem.code())
                .put("retryable", problem.retryable());
        return message;
    }

    private static Reply answer(McpEndpoint endpoint, Challenges challenges, Call call) {
        HttpReply reply;
        try {
            reply = endpoint.answer(new Incoming(call, new Agent(call.caller())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    Problem.passing(503, "stopping", "this Roost is stopping; ask again in a moment", A_MOMENT));
        }
        return switch (reply) {
            case HttpReply.Whole whole
            when whole.missingScope().isPresent() ->
                refused(
                        whole,
                        challenges
                                .stepUp(
                                        call.caller(),
                                        Set.of(KeyScope.parse(
                                                whole.missingScope().get())))
                                .problem());
            case HttpReply.Whole whole -> with(whole.headers(), whole(whole));
            case HttpReply.Events events ->
                with(
                        events.headers(),
                        Reply.live(
                                200,
                                "text/event-stream",
                                pieces -> events.writer().write(pieces::send)));
        };
    }

    /** The protocol's answer names the request; the gate's says how to get what is missing. */
    private static Reply refused(HttpReply.Whole whole, Problem problem) {
        ObjectNode message = error(problem);
        whole.body().map(body -> body.get("id")).ifPresent(id -> message.set("id", id));
        whole.missingScope()
                .ifPresent(scope -> message.withObject("/error/data")
                        .putArray("requiredScopes")
                        .add(scope));
        return Reply.json(problem.status(), message).because(problem);
    }

    private static Reply whole(HttpReply.Whole whole) {
        return whole.body().map(body -> Reply.json(whole.status(), body)).orElseGet(() -> Reply.empty(whole.status()));
    }

    private static Reply with(Map<String, String> headers, Reply reply) {
        Reply all = reply;
        for (Map.Entry<String, String> header : new LinkedHashMap<>(headers).entrySet()) {
            all = all.with(header.getKey(), header.getValue());
        }
        return all;
    }

    /** A request as the protocol sees it. */
    private record Incoming(Call call, Principal principal) implements HttpRequest {
        private static ProblemException tooLong(int longest, boolean uploads) {
            String more = uploads
                    ? ""
                    : ", or call with the scope " + KeyScope.X_WRITE.text() + ", which may send " + LONGEST_UPLOAD;
            return new ProblemException(Problem.lasting(
                    413, "body_too_long", "the message is longer than " + longest + " bytes; send less" + more));
        }

        @Override
        public String method() {
            return call.method();
        }

        @Override
        public Optional<String> header(String name) {
            return call.header(name);
        }

        @Override
        public byte[] body() {
            boolean uploads = principal.has(KeyScope.X_WRITE.text());
            int longest = uploads ? LONGEST_UPLOAD : LONGEST;
            long announced = call.contentLength().orElse(0L);
            try (InputStream in = call.stream()) {
                byte[] body = announced > longest ? new byte[0] : in.readNBytes(longest + 1);
                if (body.length > longest || announced > longest) {
                    throw tooLong(longest, uploads);
                }
                return body;
            } catch (IOException e) {
                throw new ProblemException(
                        Problem.lasting(408, "body_missing", "the body did not come whole and in time; send it again"));
            }
        }
    }
}
