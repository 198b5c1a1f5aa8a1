package dev.roost.mcp.stdio;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines of bytes, none longer than a limit. Used by one thread. */
final class Lines {
    private final InputStream in;
    private final int limit;

    Lines(InputStream in, int limit) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.limit = limit;
    }

    /** A line, without its end. */
    sealed interface Line {
        /** A whole one. */
        @SuppressWarnings("ArrayRecordComponent")
        record Whole(byte[] bytes) implements Line {}

        /** One that is longer than the limit; it was passed over. */
        record TooLong() implements Line {}
    }

    /** Returns the next line; empty at the end of input. A last line without an end is a line too. */
    Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        while (read >= 0 && read != '\n') {
            if (line.size() < limit) {
                line.write(read);
            } else {
                tooLong = true;
            }
            read = in.read();
        }
        return Optional.of(tooLong ? new Line.TooLong() : new Line.Whole(line.toByteArray()));
    }
}
