package dev.roost.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer to a request.
 *
 * @param status the HTTP status
 * @param headers beside those that all answers have; a name may come once
 * @param body what it says
 * @param outcome for the audit trail: {@code ok} or the code of a problem
 */
public record Reply(int status, Map<String, String> headers, Body body, String outcome) {
    private static final String OK = "ok";
    private static final String STRICT = "default-src 'none'; frame-ancestors 'none'";

    /** Copies the headers. */
    public Reply {
        headers = headers.size() < 2 ? Map.copyOf(headers) : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The body of an answer. */
    public sealed interface Body {
        /** A text, in UTF-8. */
        record Text(String type, String content) implements Body {}

        /** Bytes that are passed on as they come; the stream is closed at the end, whatever happens. */
        record Stream(InputStream content) implements Body {}

        /** A text that comes piece by piece, in UTF-8. */
        record Live(String type, Writer writer) implements Body {}

        /** Nothing. */
        record None() implements Body {}
    }

    /** Writes a text piece by piece. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes until there is no more, or the client is gone.
         *
         * @throws IOException if the client is gone; it may be kept silent about
         */
        void write(Pieces pieces) throws IOException, InterruptedException;
    }

    /** Where the pieces of a text go. */
    @FunctionalInterface
    public interface Pieces {
        /**
         * Sends one at once.
         *
         * @throws IOException if the client is gone
         */
        void send(String piece) throws IOException;
    }

    /** Answers with a JSON document. */
    public static Reply json(int status, Object document) {
        return text(status, "application/json", JsonMapper.shared().writeValueAsString(document) + "\n");
    }

    /** Answers with a text of this media type. */
    public static Reply text(int status, String type, String content) {
        return new Reply(status, Map.of("Content-Security-Policy", STRICT), new Body.Text(type, content), OK);
    }

    /** Answers with a page for people, under its own content security policy. */
    public static Reply page(int status, String policy, String html) {
        return new Reply(
                status,
                Map.of("Content-Security-Policy", policy),
                new Body.Text("text/html;charset=utf-8", html),
                status < 400 ? OK : "page_" + status);
    }

    /** Answers with a text that comes piece by piece. */
    public static Reply live(int status, String type, Writer writer) {
        return new Reply(status, Map.of("Content-Security-Policy", STRICT), new Body.Live(type, writer), OK);
    }

    /** Answers without a body. */
    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new Body.None(), OK);
    }

    /** Answers with a problem (RFC 9457). */
    public static Reply problem(Problem problem) {
        String json = JsonMapper.shared().writeValueAsString(problem.members()) + "\n";
        return text(problem.status(), "application/problem+json", json).because(problem);
    }

    /**
     * Returns the same answer marked as telling of this problem, with the {@code Retry-After} that it asks for and the
     * {@code WWW-Authenticate} that it has.
     */
    public Reply because(Problem problem) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        problem.retryAfterSeconds().ifPresent(seconds -> more.put("Retry-After", Long.toString(seconds)));
        problem.challenge().ifPresent(challenge -> more.put("WWW-Authenticate", challenge));
        return new Reply(status, more, body, problem.code());
    }

    /** Returns the same answer with one more header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body, outcome);
    }

    Reply with(Map<String, String> others) {
        Reply all = this;
        for (Map.Entry<String, String> header : others.entrySet()) {
            all = all.with(header.getKey(), header.getValue());
        }
        return all;
    }
}
