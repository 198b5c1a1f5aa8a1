package dev.roost.server.operations;

import dev.roost.core.AccessGrant;
import dev.roost.core.AccessToken;
import dev.roost.server.http.Call;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.x.XStreamCall;
import dev.roost.x.XStreamReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Passes requests on to X under the token of an account, and X's answers back as they are. A 401 replaces the token once,
 * and the request is made again if its body is still here. Nothing but the configured X can be reached.
 */
record Proxy(Tools tools) {
    private static final String PREFIX = "/x";
    private static final int KEPT = 64 * 1024;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    Reply pass(Call call) {
        AccessGrant grant = tools.calls().grant(call.account());
        Optional<byte[]> kept = kept(call);
        XStreamReply first = send(call, grant.token(), kept);
        if (!(first instanceof XStreamReply.Answered answered) || answered.status() != 401) {
            return reply(call, first);
        }
        answered.close();
        AccessToken newer = tools.calls().newerThan(grant);
        if (kept.isEmpty()) {
            throw new ProblemException(Problem.passing(
                    503,
                    "token_replaced",
                    "X refused the old token and did nothing; there is a new one, ask again",
                    AT_ONCE));
        }
        return reply(call, send(call, newer, kept));
    }

    /** A short body, so that it can be sent twice; empty for one that is long or of unknown length. */
    private static Optional<byte[]> kept(Call call) {
        boolean chunked = call.header("Transfer-Encoding").isPresent();
        long length = call.contentLength().orElse(chunked ? Long.MAX_VALUE : 0L);
        if (length > KEPT) {
            return Optional.empty();
        }
        try (InputStream in = call.stream()) {
            return Optional.of(in.readNBytes((int) length));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.lasting(408, "body_missing", "the body did not come whole and in time; send it again"));
        }
    }

    private XStreamReply send(Call call, AccessToken token, Optional<byte[]> kept) {
        try {
            return tools.stream()
                    .send(
                            token,
                            call.account().value(),
                            new XStreamCall(
                                    call.method(),
                                    call.rawPath().substring(PREFIX.length()),
                                    Optional.of(call.rawQuery()).filter(query -> !query.isEmpty()),
                                    call.allHeaders(),
                                    content(call, kept)));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<XStreamCall.Content> content(Call call, Optional<byte[]> kept) {
        if (kept.isPresent()) {
            byte[] bytes = kept.get();
            return bytes.length == 0
                    ? Optional.empty()
                    : Optional.of(
                            new XStreamCall.Content(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length)));
        }
        return Optional.of(new XStreamCall.Content(
                call.stream(), call.contentLength().map(OptionalLong::of).orElseGet(OptionalLong::empty)));
    }

    private Reply reply(Call call, XStreamReply reply) {
        return switch (reply) {
            case XStreamReply.Answered answered ->
                new Reply(
                        answered.status(),
                        joined(answered.headers()),
                        new Reply.Body.Stream(answered.body()),
                        answered.status() < 400 ? "ok" : "x_" + answered.status());
            case XStreamReply.NotSent none ->
                throw new ProblemException(
                        Problem.passing(503, "x_unreachable", "nothing was sent to X: " + none.reason(), AT_ONCE));
            case XStreamReply.Held held ->
                throw new ProblemException(Problem.passing(
                        429,
                        "x_rate_limited",
                        held.reason(),
                        Duration.between(tools.clock().instant(), held.until())));
            case XStreamReply.Unknown unknown -> throw new ProblemException(unanswered(call, unknown.reason()));
        };
    }

    private static Problem unanswered(Call call, String reason) {
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        return reads
                ? Problem.passing(504, "x_no_answer", "no answer came from X: " + reason, AT_ONCE)
                : Problem.lasting(
                        504,
                        "outcome_unknown",
                        "X may have done it or not, for no answer came back (" + reason
                                + "); look before you ask again");
    }

    private static Map<String, String> joined(Map<String, List<String>> headers) {
        Map<String, String> joined = new LinkedHashMap<>();
        headers.forEach((name, values) -> joined.put(name, String.join(", ", values)));
        return joined;
    }
}
