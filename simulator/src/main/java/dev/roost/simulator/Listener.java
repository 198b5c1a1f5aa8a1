package dev.roost.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Listens for HTTP on loopback, with a virtual thread per connection. The JDK's own HTTP server would not do: it sets the
 * {@code Date} header itself, and X's date must come from the simulator's clock. Safe for several threads.
 */
final class Listener implements AutoCloseable {

    static final String LOOPBACK = "127.0.0.1";

    private static final System.Logger LOG = System.getLogger(Listener.class.getName());
    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final Front front;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Listener(ServerSocket server, Front front) {
        this.server = server;
        this.front = front;
    }

    /** Starts listening; a port of zero takes any free one. The listening thread keeps the process alive. */
    static Listener open(int port, Front front) {
        try {
            ServerSocket server = new ServerSocket();
            // A port whose last connections still linger may be taken again at once.
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port), BACKLOG);
            Listener listener = new Listener(server, front);
            Thread.ofPlatform().name("simulator").start(listener::accept);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + LOOPBACK + ":" + port
                            + "; allowed: a port that no other program has; stop that program or choose another port",
                    e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                start(server.accept());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "simulator stops listening on " + server, e);
        }
    }

    private void start(Socket socket) {
        connections.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "connection " + socket + " came while closing; it is dropped", e);
            drop(socket);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            front.converse(new Connection(socket.getInputStream(), socket.getOutputStream()));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "connection " + socket + " broke; its client will notice", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    /** Stops listening, breaks every connection and waits for their threads. */
    @Override
    public void close() {
        drop(server);
        threads.shutdownNow();
        connections.forEach(Listener::drop);
        threads.close();
    }

    private static void drop(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, socket + " did not close well; it is unusable all the same", e);
        }
    }
}
