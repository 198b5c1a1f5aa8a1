package dev.roost.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * The body of a request, given up on when it only trickles in: a client that sends a byte now and then would hold its place
 * for hours (slowloris). A pause is left to the connection's idle timeout. A stream is a class in Java, hence the
 * inheritance.
 */
final class TimedInput extends InputStream {
    private static final long GRACE_NANOS = 30_000_000_000L;
    private static final long LEAST_BYTES_PER_SECOND = 1024;

    private final InputStream in;
    private final LongSupplier nanoTime;
    private final long start;
    private long count;

    TimedInput(InputStream in, LongSupplier nanoTime) {
        this.in = in;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        count += Math.max(0, read);
        long late = nanoTime.getAsLong() - start - GRACE_NANOS;
        if (read >= 0 && late > 0 && count < late / 1_000_000_000L * LEAST_BYTES_PER_SECOND) {
            throw new IOException("the body came too slowly: " + count + " bytes so far; at least "
                    + LEAST_BYTES_PER_SECOND + " a second are wanted");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
