package dev.roost.proof.chaos;

import static java.util.Objects.requireNonNull;

import dev.roost.testkit.FaultProxy;
import dev.roost.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One place of the fleet: a data folder, a port, three lines with a proxy in each, and one process after the other. Who ends
 * unasked is started again, as a supervisor would. Safe for many threads.
 */
final class FleetNode implements AutoCloseable {
    private static final long PAUSE_BEFORE_RESTART_NANOS = 300_000_000;

    /** Held by who kills, pauses or stops it. */
    private final Semaphore turn = new Semaphore(1);

    private final String name;
    private final Build build;
    private final Path data;
    private final Path log;
    private final Tally tally;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<Act.Line, FaultProxy> lines;
    private volatile NodeProcess process;
    private volatile Duration clockOffset = Duration.ZERO;
    private volatile boolean wanted = true;

    /** What a node runs. */
    record Build(String mainClass, String classPath) {}

    FleetNode(String name, Build build, Path folder, Site site, Tally tally) throws IOException {
        this.name = name;
        this.build = build;
        this.tally = tally;
        this.data = Files.createDirectories(folder.resolve(name));
        this.log = folder.resolve(name + ".log");
        int port = FreePort.find();
        this.lines = Map.of(
                Act.Line.DOOR, FaultProxy.to(port),
                Act.Line.DATABASE, FaultProxy.to(site.databasePort()),
                Act.Line.X, FaultProxy.to(site.xPort()));
        line(Act.Line.X).answerAfter(Scale.X_TAKES);
        String x = "http://127.0.0.1:" + line(Act.Line.X).port();
        environment.putAll(Map.of(
                "ROOST_DATA",
                data.toString(),
                "ROOST_NODE",
                name,
                "PORT",
                String.valueOf(port),
                "ROOST_X_API_URL",
                x,
                "ROOST_X_AUTHORIZE_URL",
                x + "/i/oauth2/authorize",
                "TWITTER_CLIENT_ID",
                Scale.CLIENT_ID,
                "ROOST_KEYSET_FILE",
                site.keyset().toString(),
                "ROOST_DATABASE_URL",
                "postgresql://postgres:postgres@127.0.0.1:"
                        + line(Act.Line.DATABASE).port() + "/" + site.databaseName()));
        if (!site.clientSecret().isEmpty()) {
            environment.put("TWITTER_CLIENT_SECRET", site.clientSecret());
        }
        this.process = begin();
        Thread.ofVirtual().name("supervisor-" + name).start(this::supervise);
    }

    /** What all nodes share. */
    record Site(int databasePort, String databaseName, int xPort, Path keyset, String clientSecret) {}

    String name() {
        return name;
    }

    FaultProxy line(Act.Line line) {
        return requireNonNull(lines.get(line));
    }

    Semaphore turn() {
        return turn;
    }

    boolean isReady() {
        return process.isReady();
    }

    private NodeProcess begin() {
        try {
            return new NodeProcess(build.mainClass(), build.classPath(), environment, log);
        } catch (IOException e) {
            throw new UncheckedIOException("node " + name + " cannot be started", e);
        }
    }

    private void supervise() {
        boolean wasReady = false;
        while (wanted) {
            NodeProcess now = process;
            if (now.isReady() && !wasReady) {
                now.turnClock(clockOffset);
            }
            wasReady = now.isReady();
            if (!now.isAlive() && turn.tryAcquire()) {
                try {
                    if (wanted && !process.isAlive()) {
                        tally.count("ended by itself and started again");
                        LockSupport.parkNanos(PAUSE_BEFORE_RESTART_NANOS);
                        process = begin();
                    }
                } finally {
                    turn.release();
                }
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** SIGKILL, and a new process after a while. The caller has the turn. */
    void killFor(Duration away) throws InterruptedException {
        process.kill();
        LockSupport.parkNanos(away.toNanos());
        process = begin();
    }

    /** SIGSTOP for a while. The caller has the turn. */
    void pauseFor(Duration length) throws IOException, InterruptedException {
        process.pause(length);
    }

    /** Puts the clock so far from the true time, also for later processes. */
    void turnClock(Duration offset) {
        clockOffset = offset;
        process.turnClock(offset);
    }

    /** Returns how many answers of X wait in its folder. */
    long spooled() {
        Path spool = data.resolve("spool");
        if (!Files.isDirectory(spool)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("acc_"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException("the spool of " + name + " cannot be read", e);
        }
    }

    List<String> logged() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException("the log of " + name + " cannot be read", e);
        }
    }

    String endOfLog(int lines) {
        List<String> all = logged();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** SIGTERM; returns how it ended. */
    int stop() throws InterruptedException {
        wanted = false;
        turn.acquire();
        return process.stop();
    }

    @Override
    public void close() {
        wanted = false;
        try {
            process.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.values().forEach(FaultProxy::close);
    }
}
