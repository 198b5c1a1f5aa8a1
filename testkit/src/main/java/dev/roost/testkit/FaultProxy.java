package dev.roost.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy on loopback that fails as networks do, as told by code and for each direction by itself. What it held back is
 * delivered late, as a network does; what it swallowed is gone, and the connection is reset once the swallowing ends. Safe for
 * many threads.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int PIECE = 16 * 1024;
    private static final int SLOW_BYTES_A_SECOND = 16 * 1024;
    private static final long SLOW_AT_LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CONNECT_MILLIS = 2_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Way, Weather> weather = new EnumMap<>(Way.class);
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress server;
    private final int port;
    private ServerSocket listener;
    private final AtomicLong connections = new AtomicLong();
    private volatile Duration latency = Duration.ZERO;
    private volatile Ear ear = (_, _, _, _, _) -> {};
    private boolean refusing;
    private boolean closed;

    /** Which direction bytes go. */
    public enum Way {
        /** From who connected to whom it is connected. */
        TO_SERVER,
        /** The answers. */
        TO_CLIENT
    }

    /** What happens to bytes of one direction. */
    public enum Weather {
        /** They pass. */
        FLOW,
        /** They wait, and pass when the weather changes. */
        STALL,
        /** They pass at 16 KiB a second, and no piece sooner than after 20 ms. */
        SLOW,
        /** They vanish and nobody is told: the half-open connection. */
        SWALLOW
    }

    /** Hears what passes. Called by many threads, in order for each direction of a connection. */
    @FunctionalInterface
    public interface Ear {
        /**
         * A piece has gone on, or is gone for good.
         *
         * @param connection the same number for all that passes one connection
         * @param piece a copy of the bytes
         * @param came when the proxy had it whole
         * @param passed whether whoever it was for has it, as far as its socket goes
         */
        void heard(long connection, Way way, byte[] piece, Instant came, boolean passed);
    }

    private FaultProxy(InetSocketAddress server) {
        this.server = server;
        this.weather.put(Way.TO_SERVER, Weather.FLOW);
        this.weather.put(Way.TO_CLIENT, Weather.FLOW);
        this.port = FreePort.find();
        this.listener = listen();
    }

    /** Starts one in front of a server on loopback, which need not be there yet. */
    public static FaultProxy to(int port) {
        return new FaultProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Returns the port of 127.0.0.1 that it listens on. */
    public int port() {
        return port;
    }

    /** Changes the weather of one direction, for connections that exist and for new ones. */
    public void set(Way way, Weather now) {
        boolean swallows;
        lock.lock();
        try {
            weather.put(way, now);
            swallows = weather.containsValue(Weather.SWALLOW);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!swallows) {
            links.stream().filter(link -> link.broken).forEach(Link::reset);
        }
    }

    /** Changes the weather of both directions. */
    public void set(Weather now) {
        set(Way.TO_SERVER, now);
        set(Way.TO_CLIENT, now);
    }

    /** Holds every answer back for so long from now on, whatever the weather; that is no fault, and healing leaves it. */
    public void answerAfter(Duration now) {
        latency = now;
    }

    /** Has all pieces heard from now on. */
    public void listen(Ear now) {
        ear = now;
    }

    /** Resets every connection; new ones are taken. Returns how many there were. */
    public int cut() {
        Set<Link> all = Set.copyOf(links);
        all.forEach(Link::reset);
        return all.size();
    }

    /** Stops listening, so that new connections are refused, and resets those that exist; or listens again. */
    public void refuse(boolean now) {
        lock.lock();
        try {
            if (closed || now == refusing) {
                return;
            }
            refusing = now;
            if (now) {
                end(listener);
            } else {
                listener = listen();
            }
        } finally {
            lock.unlock();
        }
        if (now) {
            cut();
        }
    }

    /** Ends every fault. */
    public void heal() {
        refuse(false);
        set(Weather.FLOW);
    }

    /** Resets all connections and listens no more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            end(listener);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        cut();
    }

    private ServerSocket listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            Thread.ofVirtual().name("proxy-" + port).start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen on port " + port, e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // The listener was closed, or that client has gone; the loop tells which.
            }
        }
    }

    /** A server that is not there is told as a reset: the client's connection has been taken already. */
    private void connect(Socket client) {
        Link link = new Link(client, new Socket());
        links.add(link);
        try {
            link.server.connect(server, CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            link.server.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(link, Way.TO_CLIENT));
            pump(link, Way.TO_SERVER);
            back.join();
        } catch (IOException e) {
            link.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            link.reset();
            links.remove(link);
        }
    }

    private void pump(Link link, Way way) {
        Socket from = way == Way.TO_SERVER ? link.client : link.server;
        Socket to = way == Way.TO_SERVER ? link.server : link.client;
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                pass(link, way, Arrays.copyOf(piece, length), out);
            }
            if (passes(link, way, 0)) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            link.reset();
        }
    }

    private void pass(Link link, Way way, byte[] piece, OutputStream out) throws IOException {
        Instant came = Instant.now();
        boolean passed = false;
        try {
            if (passes(link, way, piece.length)) {
                out.write(piece);
                passed = true;
            }
        } finally {
            ear.heard(link.number, way, piece, came, passed);
        }
    }

    /** Waits as the weather says, and tells whether the bytes go on; those of a reset connection do not. */
    private boolean passes(Link link, Way way, int length) {
        lock.lock();
        try {
            if (way == Way.TO_CLIENT) {
                waitFor(latency.toNanos(), link);
            }
            if (weather.get(way) == Weather.SLOW) {
                waitFor(Math.max(SLOW_AT_LEAST_NANOS, length * 1_000_000_000L / SLOW_BYTES_A_SECOND), link);
            }
            while (weather.get(way) == Weather.STALL && !link.ended && !closed) {
                changed.awaitUninterruptibly();
            }
            link.broken |= weather.get(way) == Weather.SWALLOW;
            return !link.broken && !link.ended;
        } finally {
            lock.unlock();
        }
    }

    private void waitFor(long nanos, Link link) {
        long left = nanos;
        try {
            while (left > 0 && !link.ended && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection and its other half. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private final long number = connections.incrementAndGet();
        private volatile boolean broken;
        private volatile boolean ended;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void reset() {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            reset(client);
            reset(server);
        }

        /** Both ends hear it at once, and unread bytes are dropped. */
        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // It is closed already.
            }
        }
    }
}
