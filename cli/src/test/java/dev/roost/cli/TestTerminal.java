package dev.roost.cli;

import dev.roost.simulator.Simulator;
import dev.roost.testkit.FreePort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A terminal with a simulated X: runs commands in this process and keeps everything they print. */
final class TestTerminal implements AutoCloseable {
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ([A-Z_]+)=(\\S+)$");
    static final String SECRET = "client-secret-canary-7Qx";

    private final Simulator x = Simulator.start();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<Background> running = new ArrayList<>();
    private final int port;
    private boolean watched = true;

    TestTerminal(Path data) {
        port = FreePort.find();
        set("ROOST_DATA", data.toString());
        set("PORT", String.valueOf(port));
        set("ROOST_X_API_URL", x.uri().toString());
        set("ROOST_X_AUTHORIZE_URL", x.authorizeUri().toString());
        set("TWITTER_CLIENT_ID", "shop");
        set("TWITTER_CLIENT_SECRET", SECRET + "\n");
        x.addApp("shop", SECRET, address("/auth/twitter/callback").toString());
        x.addApp("other", SECRET, address("/auth/twitter/callback").toString());
        x.addUser("1001", "ada");
        x.addUser("1002", "grace");
    }

    /** What a command did. */
    record Run(int exit, String out, String err) {}

    Simulator x() {
        return x;
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    void set(String name, String value) {
        environment.put(name, value);
    }

    /** Returns what commands get. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    void unset(String name) {
        environment.remove(name);
    }

    /** Commands that start from now on have a file, say, for standard error. */
    void unwatched() {
        watched = false;
    }

    Run run(String... arguments) {
        return runWith(TestPerson.agreeing("1001"), "", arguments);
    }

    Run typing(String input, String... arguments) {
        return runWith(TestPerson.agreeing("1001"), input, arguments);
    }

    Run runWith(Browser browser, String input, String... arguments) {
        Background one = start(browser, input, arguments);
        try {
            one.exit.orTimeout(60, TimeUnit.SECONDS).join();
        } finally {
            running.remove(one);
        }
        return one.run();
    }

    /** Starts a command that goes on until it is told to end. */
    Background start(Browser browser, String input, String... arguments) {
        Background one = new Background(new HashMap<>(environment), browser, input, arguments);
        running.add(one);
        return one;
    }

    Background serve() {
        Background serve = start(TestPerson.agreeing("1001"), "", "serve");
        serve.awaitOut("listens on");
        return serve;
    }

    /** Starts a simulator of its own, as a person would. */
    Background simulate() {
        unset("TWITTER_CLIENT_SECRET");
        Background simulator = start(address -> false, "", "simulate", "--port", "" + FreePort.find());
        simulator.awaitOut("then: roost serve");
        return simulator;
    }

    /** Takes over the settings that a simulator printed, and serves. */
    Background serveAsTold(Background simulator) {
        EXPORT.matcher(simulator.soFar().out()).results().forEach(export -> set(export.group(1), export.group(2)));
        Background serve = serve();
        serve.awaitOut("roost connect");
        return serve;
    }

    /** Returns where the simulator is that commands work with. */
    String xAddress() {
        return environment.getOrDefault("ROOST_X_API_URL", "");
    }

    /** Connects a user and returns the account id. */
    String connect(String userId) {
        Run run = runWith(TestPerson.agreeing(userId), "", "connect");
        if (run.exit() != 0) {
            throw new IllegalStateException(run.toString());
        }
        return run.out().replaceAll("(?s).*\\((acc_[0-9a-f]+)\\).*", "$1");
    }

    List<Run> runs() {
        return List.copyOf(runs);
    }

    @Override
    public void close() {
        List.copyOf(running).forEach(Background::end);
        x.close();
    }

    /** A command on a thread of its own. */
    final class Background {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final Thread thread;

        private Background(Map<String, String> environment, Browser browser, String input, String... arguments) {
            Surroundings surroundings = new Surroundings(
                    environment,
                    new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    browser,
                    watched,
                    Optional.empty());
            thread = Thread.ofPlatform().start(() -> {
                try {
                    exit.complete(Main.run(surroundings, arguments));
                } catch (Throwable e) {
                    exit.completeExceptionally(e);
                }
            });
        }

        void awaitOut(String text) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!text(out).contains(text)) {
                if (exit.isDone() || System.nanoTime() > end) {
                    throw new IllegalStateException("never printed \"" + text + "\": " + text(out) + text(err));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }

        /** Returns what it has printed until now; its exit code is not known yet. */
        Run soFar() {
            return new Run(-1, text(out), text(err));
        }

        Run end() {
            thread.interrupt();
            exit.orTimeout(60, TimeUnit.SECONDS).join();
            running.remove(this);
            return run();
        }

        Run awaitEnd() {
            exit.orTimeout(60, TimeUnit.SECONDS).join();
            running.remove(this);
            return run();
        }

        private Run run() {
            Run run = new Run(exit.join(), text(out), text(err));
            runs.add(run);
            return run;
        }

        private static String text(ByteArrayOutputStream bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
