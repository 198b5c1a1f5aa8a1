package dev.roost.x;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * The HTTP clients of requests that write. Each serves one request at a time, over a connection that no other request
 * uses. Where the far side agreed to close that connection after its answer (RFC 9112 section 9.6), the client serves
 * again, for a new one costs a thread and a selector; in all other cases it is thrown away, and its connection with it.
 * Safe for many threads.
 */
final class Writers implements AutoCloseable {
    /** The JDK's client lets nobody ask for a close unless this property says so when it is first used. */
    private static final String RESTRICTED = "jdk.httpclient.allowRestrictedHeaders";

    private static final boolean CAN_ASK_FOR_CLOSE = canAskForClose();
    private static final int MOST_IDLE = 64;

    private final SSLContext tls;
    private final Function<SSLContext, HttpClient> factory;
    private final ConcurrentLinkedDeque<Writer> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private volatile boolean closed;

    /** Makes clients with the factory, each with a context of its own over this one. */
    Writers(SSLContext tls, Function<SSLContext, HttpClient> factory) {
        this.tls = tls;
        this.factory = factory;
    }

    /**
     * A client that serves one request now.
     *
     * @param watch sees the TLS of that request alone
     */
    record Writer(HttpClient client, TlsWatch watch) {
        private void end() {
            try {
                client.shutdownNow();
            } catch (RuntimeException e) {
                // The answer is worth more than a tidy end, which the collector makes up for.
                return;
            }
        }
    }

    /** Takes a client for one request. Whoever takes it gives it back or throws it away. */
    Writer take() {
        Writer known = idle.pollLast();
        if (known != null) {
            idleCount.decrementAndGet();
            known.watch().forget();
            return known;
        }
        TlsWatch watch = new TlsWatch(tls);
        return new Writer(factory.apply(watch.context()), watch);
    }

    /** Ends the use of a client whose request came to this. */
    void giveBack(Writer writer, Delivery delivery) {
        boolean closes = delivery instanceof Delivery.Answered answer
                && answer.header("Connection").filter("close"::equalsIgnoreCase).isPresent();
        if (closes && !closed && idleCount.get() < MOST_IDLE) {
            idleCount.incrementAndGet();
            idle.addLast(writer);
        } else {
            throwAway(writer);
        }
    }

    /** Ends a client and its connection; does not throw. */
    void throwAway(Writer writer) {
        writer.end();
    }

    /** Asks the far side to close the connection after its answer, if this JDK lets us. */
    static void askForClose(HttpRequest.Builder message) {
        if (CAN_ASK_FOR_CLOSE) {
            message.setHeader("Connection", "close");
        }
    }

    /** Ends the clients that wait for work; those at work end with it. */
    @Override
    public void close() {
        closed = true;
        for (Writer last = idle.pollLast(); last != null; last = idle.pollLast()) {
            last.end();
        }
    }

    private static boolean canAskForClose() {
        if (System.getProperty(RESTRICTED) == null) {
            System.setProperty(RESTRICTED, "connection");
        }
        try {
            HttpRequest.newBuilder(URI.create("http://127.0.0.1/")).header("Connection", "close");
            return true;
        } catch (IllegalArgumentException e) {
            // The client was used before, without the property.
            return false;
        }
    }
}
