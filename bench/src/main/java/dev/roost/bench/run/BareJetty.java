package dev.roost.bench.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server that Roost runs on, set up as {@code RoostServer} sets it up, with one route that answers a constant. */
public final class BareJetty {
    static final String AT_ONCE = "at-once";
    static final String WAITING = "waiting";

    private static final int CARRIERS = 16;
    private static final int READERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

    private BareJetty() {}

    /**
     * Serves the answer in a file ({@link Answer}) on a port, until the process is ended.
     *
     * @param arguments port, file, and {@code at-once} to answer on the thread that read the request, as Roost does from
     *     memory; otherwise a virtual thread answers
     * @throws Exception if it cannot
     */
    public static void main(String[] arguments) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(CARRIERS, 2);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(16 * 1024);
        http.setHttpCompliance(HttpCompliance.RFC9110);
        ServerConnector connector = new ServerConnector(server, 1, READERS, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        Invocable.InvocationType type = AT_ONCE.equals(arguments[2])
                ? Invocable.InvocationType.NON_BLOCKING
                : Invocable.InvocationType.BLOCKING;
        server.setHandler(new Constant(Answer.read(Path.of(arguments[1])), type));
        server.start();
        server.join();
    }

    private static final class Constant extends Handler.Abstract {
        private final HttpFields headers;
        private final byte[] body;

        Constant(Answer answer, Invocable.InvocationType type) {
            super(type);
            HttpFields.Mutable fields = HttpFields.build();
            answer.headers().forEach((name, value) -> fields.add(new HttpField(name, value)));
            this.headers = fields.asImmutable();
            this.body = answer.body().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(200);
            response.getHeaders().add(headers);
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
        }
    }

    /** Keeps an answer for {@link #main}. */
    static void keep(Answer answer, Path file) throws java.io.IOException {
        var _ = Files.write(file, List.of(answer.text()));
    }
}
