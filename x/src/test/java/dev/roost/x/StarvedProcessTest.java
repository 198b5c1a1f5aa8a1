package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** That no answer is lost, and nothing thrown, when a process stands still or has nothing left, with real processes (F2). */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class StarvedProcessTest {
    private static final String GOOD =
            RawServer.http("200 OK", "application/json", "{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\"}");
    private static final int CROWD = 24;
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final CountDownLatch arrived = new CountDownLatch(CROWD);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(CROWD);

    @Test
    void losesNoAnswerThatCameWhileTheProcessStoodStillF2() throws Exception {
        try (RawServer server = new RawServer(this::answerWhenStopped)) {
            Process child = child("crowd", server, "ulimit -n 1024");
            try {
                arrived.await();
                signal("STOP", child);
                while (!state(child).equals("T")) {
                    Thread.onSpinWait();
                }
                stopped.countDown();
                answered.await();
                passes(DEADLINE.plusMillis(200));
                signal("CONT", child);
                assertThat(lines(child)).hasSize(CROWD + 1).containsOnly("Rotated");
            } finally {
                child.destroyForcibly();
            }
        }
    }

    @Test
    void isNotSentWhenNoFileCanBeOpened() throws Exception {
        try (RawServer server = RawServer.answering(GOOD)) {
            Process child = child("files", server, "ulimit -n 128");
            try {
                List<String> lines = lines(child);
                assertThat(lines).hasSizeGreaterThan(3);
                assertThat(lines.getFirst()).isEqualTo("Rotated");
                assertThat(lines.getLast()).isEqualTo("Rotated");
                assertThat(lines.subList(1, lines.size() - 1))
                        .allSatisfy(line -> assertThat(line).startsWith("NotSent"))
                        .anySatisfy(line -> assertThat(line).contains("Too many open files", "limits on open files"));
            } finally {
                child.destroyForcibly();
            }
        }
    }

    private void answerWhenStopped(RawServer.Wire wire) throws IOException {
        if (wire.readRequest().contains("warm-up")) {
            wire.write(GOOD);
            return;
        }
        arrived.countDown();
        passes(stopped);
        wire.write(GOOD);
        answered.countDown();
    }

    private static Process child(String task, RawServer server, String limit) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", limit + "; exec \"$@\"", "sh", java, "-XX:TieredStopAtLevel=1", "-cp", classPath);
        builder.command()
                .addAll(List.of(ChildProcess.class.getName(), task, server.uri().toString()));
        builder.command().add(Long.toString(DEADLINE.toMillis()));
        return builder.redirectError(Redirect.INHERIT).start();
    }

    private static void signal(String name, Process child) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(child.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The letter that Linux gives to what the process does, after its name in brackets (proc(5)). */
    private static String state(Process child) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(child.pid()), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    }

    private static List<String> lines(Process child) throws IOException {
        return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static void passes(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void passes(Duration time) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS))
                .isFalse();
    }
}
