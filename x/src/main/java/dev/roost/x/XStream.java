package dev.roost.x;

import dev.roost.core.AccessToken;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Passes requests of others on to X with an account's token, and X's answers back while they come in, for a proxy. Safe for
 * many threads; each call is one request at most.
 */
public final class XStream {
    private final XSettings settings;
    private final XTransport transport;

    /** Makes no request. */
    public XStream(XSettings settings, XTransport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    /**
     * Sends the request and waits for the head of X's answer: as long as content flows, and then at most the answer
     * deadline. Never repeats anything, follows no redirect, and unpacks nothing. {@link XStreamCall} let only those paths
     * through that are below {@code /2/} of the API address for every reader: plain segments, none of them empty or made of
     * dots, nothing encoded that could be taken for a slash, a dot or the end of the path, and not {@code /2/oauth2}.
     *
     * @return an answer that the caller must close, or why there is none
     */
    public XStreamReply send(AccessToken token, XStreamCall call) {
        Map<String, String> headers = new LinkedHashMap<>();
        call.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        headers.put("Authorization", "Bearer " + token.expose());
        URI uri = settings.api(
                call.path() + call.query().map(query -> "?" + query).orElse(""));
        Body body = call.content().map(XStreamCall.Content::body).orElseGet(Body.None::new);
        XStreamReply reply = transport.open(new XRequest(call.method(), uri, headers, body, settings.answerDeadline()));
        return reply instanceof XStreamReply.Answered answer
                ? new XStreamReply.Answered(
                        answer.status(), PassedHeaders.answer(answer.headers(), token.expose()), answer.body())
                : reply;
    }
}
