package dev.roost.x;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** A stream that counts what is taken from it. One thread reads, any may ask. */
final class MeteredInput extends InputStream {
    private final InputStream in;
    private final AtomicLong taken = new AtomicLong();

    MeteredInput(InputStream in) {
        this.in = in;
    }

    /** Returns how many bytes were read so far. */
    long taken() {
        return taken.get();
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        if (next >= 0) {
            taken.incrementAndGet();
        }
        return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = in.read(into, from, length);
        if (count > 0) {
            taken.addAndGet(count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
