package dev.roost.server;

import dev.roost.server.http.Address;
import dev.roost.server.http.Entrance;
import dev.roost.server.http.Refusals;
import dev.roost.server.mcp.accounts.Means;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server; {@link Routes} lists what it answers. A request that memory can answer is answered by the thread that
 * read it; all others run on virtual threads.
 */
public final class RoostServer implements AutoCloseable {
    private static final int CARRIERS = 16;
    /** Threads that read requests and answer from memory. */
    private static final int READERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

    private static final int HEADER_LIMIT = 16 * 1024;
    /** Beyond these the kernel drops who comes, who tries again after a second; Java's own default is 50. */
    private static final int WAITING_TO_BE_ACCEPTED = 1024;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(45);

    private final Server server;
    private final ServerConnector connector;
    private final Routes routes;

    private RoostServer(Server server, ServerConnector connector, Routes routes) {
        this.server = server;
        this.connector = connector;
        this.routes = routes;
    }

    /**
     * Listens, and answers from now on.
     *
     * @throws CannotListenException if it cannot; the message says what to do
     */
    public static RoostServer start(Address address, Door door) {
        QueuedThreadPool threads = new QueuedThreadPool(CARRIERS, 2);
        threads.setName("roost-http");
        threads.setDaemon(true);
        Executor waiting = VirtualThreads.getDefaultVirtualThreadsExecutor();
        threads.setVirtualThreadsExecutor(waiting);
        Means.Opened opened = door.forAgents();
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, READERS, new HttpConnectionFactory(limits()));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(WAITING_TO_BE_ACCEPTED);
        server.addConnector(connector);
        Routes routes = Routes.of(door, opened);
        server.setHandler(new GracefulHandler(
                new Entrance(address, routes.all(), door.guards(), opened.reauthorizations(), waiting)));
        server.setErrorHandler(new Refusals());
        server.setStopTimeout(LAST_ANSWERS.toMillis());
        listen(server, address);
        return new RoostServer(server, connector, routes);
    }

    /** Returns where it listens, without a slash at the end. */
    public URI uri() {
        String host = connector.getHost();
        boolean bare = host.contains(":") && !host.startsWith("[");
        return URI.create("http://" + (bare ? "[" + host + "]" : host) + ":" + connector.getLocalPort());
    }

    /** Takes no more requests and finishes those under way. Closing again does nothing. */
    @Override
    public void close() {
        routes.stop();
        stop(server);
        routes.mcp().close();
    }

    private static HttpConfiguration limits() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_LIMIT);
        http.setHttpCompliance(HttpCompliance.RFC9110);
        http.setIdleTimeout(IDLE.toMillis());
        return http;
    }

    private static void listen(Server server, Address address) {
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw cannotListen(address, e);
        }
    }

    private static CannotListenException cannotListen(Address address, Exception e) {
        String where = address.host() + ":" + address.port();
        boolean bind = e instanceof BindException || e.getCause() instanceof BindException;
        String said = String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        if (bind && said.contains("in use")) {
            return new CannotListenException(
                    "port " + address.port() + " on " + address.host()
                            + " is taken by another program. Stop that program, or choose another port: PORT="
                            + (address.port() % 65_535 + 1) + " (then register its callback address with the X app)",
                    true,
                    e);
        }
        return new CannotListenException(
                "cannot listen on " + where + " (" + said
                        + "); ROOST_HOST must be a name or address of this machine, and ports below 1024 may need rights",
                false,
                e);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            System.getLogger(RoostServer.class.getName())
                    .log(System.Logger.Level.WARNING, "the HTTP server did not stop cleanly", e);
        }
    }
}
