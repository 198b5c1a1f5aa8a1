package dev.roost.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * The body of a request, given up on when it only trickles in: a client that sends a byte now and then would hold its place
 * for hours (slowloris). Only the time spent waiting for the client counts. A pause is left to the connection's idle timeout. A stream is a class in Java, hence the
 * inheritance.
 */
public final class RequestBody extends InputStream {
    private static final long GRACE_NANOS = 30_000_000_000L;
    private static final long LEAST_BYTES_PER_SECOND = 1024;

    private final InputStream in;
    private final LongSupplier nanoTime;
    private long waited;
    private long count;
    private boolean broken;

    RequestBody(InputStream in, LongSupplier nanoTime) {
        this.in = in;
        this.nanoTime = nanoTime;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long start = nanoTime.getAsLong();
        int read = fromClient(bytes, offset, length);
        count += Math.max(0, read);
        waited += nanoTime.getAsLong() - start;
        long late = waited - GRACE_NANOS;
        if (read >= 0 && late > 0 && count < late / 1_000_000_000L * LEAST_BYTES_PER_SECOND) {
            broken = true;
            throw new IOException("the body came too slowly: " + count + " bytes so far; at least "
                    + LEAST_BYTES_PER_SECOND + " a second are wanted");
        }
        return read;
    }

    /** Tells whether the client broke off or was too slow; what was read is then not the whole. */
    public boolean isBroken() {
        return broken;
    }

    private int fromClient(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    /**
     * Gives back what has come and was not read. The stream below is not closed: Jetty takes that for a failure of the request,
     * and closes the connection over what the client still sends, so that it never sees why it was refused.
     */
    @Override
    public void close() throws IOException {
        in.skipNBytes(in.available());
    }
}
