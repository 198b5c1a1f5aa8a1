package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.wiring.Logging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client of {@code roost mcp}. Each line of its standard output must be JSON. JSON may be written with single quotes. */
final class StdioAgent implements AutoCloseable {
    private static final String META = "io.modelcontextprotocol/";
    private static final int PATIENCE_SECONDS = 60;

    private final OutputStream toServer;
    private final BlockingQueue<String> lines;
    private final CompletableFuture<Integer> exit;
    private final ByteArrayOutputStream err;
    private final Runnable afterwards;
    private final List<String> all = new ArrayList<>();
    private int ids;

    private StdioAgent(
            OutputStream toServer,
            BlockingQueue<String> lines,
            CompletableFuture<Integer> exit,
            ByteArrayOutputStream err,
            Runnable afterwards) {
        this.toServer = toServer;
        this.lines = lines;
        this.exit = exit;
        this.err = err;
        this.afterwards = afterwards;
    }

    /** Runs the command in this process. */
    static StdioAgent inside(Map<String, String> environment, String... options) {
        PrintStream before = System.out;
        PipedOutputStream toServer = new PipedOutputStream();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                environment,
                piped(toServer),
                new PrintStream(new Lines(lines), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                address -> false,
                false,
                Optional.empty());
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                exit.complete(Main.run(surroundings, command(options)));
            } catch (Throwable e) {
                exit.completeExceptionally(e);
            }
        });
        return new StdioAgent(toServer, lines, exit, err, () -> System.setOut(before));
    }

    /** Runs the command in a process of its own, by this main class. */
    static StdioAgent process(Class<?> main, Map<String, String> environment, String... options) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        line.addAll(List.of(command(options)));
        // The JDK logs the starting of processes, and here nobody has said yet where to.
        Logging.to(System.err, "WARN");
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Thread out = Thread.ofPlatform()
                .start(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(lines::add));
        Thread log = Thread.ofPlatform()
                .start(() -> process.errorReader(StandardCharsets.UTF_8)
                        .lines()
                        .forEach(text -> err.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8))));
        CompletableFuture<Integer> exit = process.onExit().thenApply(ended -> {
            join(out);
            join(log);
            return ended.exitValue();
        });
        return new StdioAgent(process.getOutputStream(), lines, exit, err, process::destroyForcibly);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] command(String... options) {
        return Stream.concat(Stream.of("mcp"), Stream.of(options)).toArray(String[]::new);
    }

    private static PipedInputStream piped(PipedOutputStream writing) {
        try {
            return new PipedInputStream(writing, 1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts what is written into lines. */
    private static final class Lines extends OutputStream {
        private final BlockingQueue<String> lines;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(BlockingQueue<String> lines) {
            this.lines = lines;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    /** Sends a line as it is. */
    StdioAgent line(String text) {
        try {
            toServer.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            toServer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Begins a session. */
    JsonNode initialize(String revision, String capabilities) {
        ObjectNode params = json("{'clientInfo':{'name':'t','version':'1'}}").put("protocolVersion", revision);
        params.set("capabilities", json(capabilities));
        JsonNode welcome = answer(ask("initialize", params)).path("result");
        line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return welcome;
    }

    /** Sends a request of a session, and returns its id. */
    int ask(String method, ObjectNode params) {
        int id = ++ids;
        ObjectNode message = json("{'jsonrpc':'2.0'}").put("id", id).put("method", method);
        message.set("params", params);
        line(message.toString());
        return id;
    }

    /** Sends a request of 2026-07-28, and returns its id. */
    int askModern(String method, ObjectNode params, String capabilities) {
        ObjectNode meta = params.withObject("_meta").put(META + "protocolVersion", "2026-07-28");
        meta.set(META + "clientCapabilities", json(capabilities));
        return ask(method, params);
    }

    int askTool(String tool, String arguments) {
        return ask("tools/call", tool(tool, json(arguments)));
    }

    static ObjectNode tool(String tool, ObjectNode arguments) {
        ObjectNode params = json("{}").put("name", tool);
        params.set("arguments", arguments);
        return params;
    }

    /** Calls a tool in a session, and returns its result. */
    JsonNode call(String tool, String arguments) {
        return answer(askTool(tool, arguments)).path("result");
    }

    /** Calls a tool that succeeds, and returns its structured content. */
    JsonNode content(String tool, String arguments) {
        JsonNode result = call(tool, arguments);
        assertThat(result.path("isError").asBoolean(true)).as(result.toString()).isFalse();
        return result.path("structuredContent");
    }

    /** Waits for the answer of a request. */
    JsonNode answer(int id) {
        return next(message -> message.path("id").asInt(-1) == id && !message.has("method"));
    }

    /** Waits for a message, passing over others. */
    JsonNode next(Predicate<JsonNode> wanted) {
        while (true) {
            JsonNode message = JsonMapper.shared().readTree(take());
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    private String take() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing came; standard error: " + err());
            }
            all.add(line);
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends its input, waits until it ends, and returns its exit code. */
    int end() {
        endInput();
        int code = exit.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        lines.drainTo(all);
        return code;
    }

    void endInput() {
        try {
            toServer.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    /** Returns each line of standard output until now that was waited for, or all after the end. */
    List<String> all() {
        return List.copyOf(all);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            end();
        } finally {
            afterwards.run();
        }
    }
}
