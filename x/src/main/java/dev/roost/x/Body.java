package dev.roost.x;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/** What a request carries. None of its forms prints what is in it. */
sealed interface Body {
    /** Makes what the HTTP client reads; called once. */
    BodyPublisher publisher();

    /** Returns how many bytes of a stream were taken so far; 0 for what lies in memory. */
    default long taken() {
        return 0;
    }

    /** Tells whether there is nothing to send. */
    default boolean isEmpty() {
        return this instanceof None;
    }

    /** Text as UTF-8; none if it is empty. */
    static Body text(String text) {
        return text.isEmpty() ? new None() : new Text(text);
    }

    /** Nothing. */
    record None() implements Body {
        @Override
        public BodyPublisher publisher() {
            return BodyPublishers.noBody();
        }
    }

    /** Text as UTF-8. */
    record Text(String text) implements Body {
        @Override
        public BodyPublisher publisher() {
            return BodyPublishers.ofString(text);
        }

        @Override
        public String toString() {
            return "Text";
        }
    }

    /** Bytes in memory. */
    final class Bytes implements Body {
        private final byte[] bytes;

        /** @param bytes not copied; nobody may change them any more */
        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public BodyPublisher publisher() {
            return BodyPublishers.ofByteArray(bytes);
        }

        @Override
        public String toString() {
            return "Bytes";
        }
    }

    /**
     * Bytes that are read while they are sent.
     *
     * @param length in bytes, or -1 when it is not known
     */
    record Stream(MeteredInput in, long length) implements Body {
        @Override
        public BodyPublisher publisher() {
            BodyPublisher bytes = BodyPublishers.ofInputStream(() -> in);
            return length < 0 ? bytes : BodyPublishers.fromPublisher(bytes, length);
        }

        @Override
        public long taken() {
            return in.taken();
        }
    }
}
