package dev.roost.x;

import dev.roost.core.AccessToken;
import dev.roost.core.limits.RateBudget;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Passes requests of others on to X with an account's token, and X's answers back while they come in, for a proxy. Safe for
 * many threads; each call is one request at most.
 */
public final class XStream {
    private final XSettings settings;
    private final XTransport transport;
    private final Budgeted budget;

    /** Makes no request. */
    public XStream(XSettings settings, XTransport transport) {
        this(settings, transport, InstantSource.system(), RateBudget.NONE);
    }

    /** Makes no request; calls of accounts are held back while the budget says that X would refuse them. */
    public XStream(XSettings settings, XTransport transport, InstantSource clock, RateBudget budget) {
        this.budget = new Budgeted(budget, clock);
        this.settings = settings;
        this.transport = transport;
    }

    /**
     * Sends the request and waits for the head of X's answer: as long as content flows, and then at most the answer
     * deadline. Never repeats anything, follows no redirect, and unpacks nothing. {@link XStreamCall} let only those paths
     * through that are below {@code /2/} of the API address for every reader: plain segments, none of them empty or made of
     * dots, nothing encoded that could be taken for a slash, a dot or the end of the path, and not {@code /2/oauth2}.
     *
     * @param account whose limits count; empty when it is not known, and then no call is held back
     * @return an answer that the caller must close, or why there is none
     */
    public XStreamReply send(AccessToken token, String account, XStreamCall call) {
        Optional<RateBudget.Hold> hold = budget.held(account, call.method(), call.path());
        if (hold.isPresent()) {
            return new XStreamReply.Held(hold.get().until(), Budgeted.explain(hold.get()));
        }
        XStreamReply reply = send(token, call);
        if (reply instanceof XStreamReply.Answered answer) {
            budget.heard(account, call.method(), call.path(), head(answer));
        }
        return reply;
    }

    private static Delivery.Answered head(XStreamReply.Answered answer) {
        return new Delivery.Answered(answer.status(), HttpHeaders.of(answer.headers(), (name, value) -> true), "");
    }

    /** Like {@link #send(AccessToken, String, XStreamCall)}, for an account that is not known. */
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
