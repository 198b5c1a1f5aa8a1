package dev.roost.x;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What came of passing a request on. */
public sealed interface XStreamReply {
    /**
     * X answered, and its answer is still coming in.
     *
     * @param headers for the far end, in any case of letters; those of the connection are left out
     * @param body to be closed by the caller, who may stop anywhere; a read fails with an {@link IOException} when X breaks
     *     off, or sends nothing for the answer deadline
     */
    record Answered(int status, Map<String, List<String>> headers, InputStream body)
            implements XStreamReply, AutoCloseable {
        /** Gives the connection back; reads no further. */
        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                // Nothing is left to be saved: the answer was read, or nobody wants it.
                return;
            }
        }

        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }

    /**
     * The request did not leave this machine, so it can be made again.
     *
     * @param reason what stood in the way
     */
    record NotSent(String reason) implements XStreamReply {}

    /**
     * X was not asked, for it would have turned the call away for its number.
     *
     * @param until when it may be made, by this machine's clock
     * @param reason for people
     */
    record Held(Instant until, String reason) implements XStreamReply {}

    /**
     * X may have acted or not: no answer came back. Look before repeating anything that writes.
     *
     * @param reason what happened
     */
    record Unknown(String reason) implements XStreamReply {}
}
