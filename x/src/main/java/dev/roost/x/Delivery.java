package dev.roost.x;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** What came of sending one request, before anybody asks what it means. Reasons hold no secret. */
sealed interface Delivery {
    /**
     * A whole HTTP answer.
     *
     * @param body as UTF-8 text, unpacked; cut at {@link XTransport#BODY_LIMIT}; may hold tokens
     */
    record Answered(int status, HttpHeaders headers, String body) implements Delivery {
        /** Returns a header's first value. */
        Optional<String> header(String name) {
            return headers.firstValue(name).map(String::strip);
        }

        /** Returns the media type in lower case without parameters, or an empty text. */
        String mediaType() {
            String type = header("Content-Type").orElse("");
            return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        }

        /** Returns when X made the answer, by X's clock, in whole seconds (RFC 9110 section 6.6.1). */
        Optional<Instant> date() {
            return header("Date").flatMap(Answered::httpDate);
        }

        /** Reads an HTTP date; empty when the text is none. */
        static Optional<Instant> httpDate(String text) {
            try {
                return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }

    /** No whole answer came. */
    sealed interface Failure extends Delivery {
        /** What happened, fit to be shown. */
        String reason();
    }

    /** Proven: the request did not leave this machine. */
    record NotSent(String reason) implements Failure {}

    /** The request may have been acted on; no whole answer came. */
    record Unknown(String reason) implements Failure {}
}
