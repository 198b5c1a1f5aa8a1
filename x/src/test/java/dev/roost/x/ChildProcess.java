package dev.roost.x;

import dev.roost.core.RefreshToken;
import dev.roost.core.Verdict;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What {@link StarvedProcessTest} starts in a process of its own; prints one verdict a line. */
final class ChildProcess {
    private static final int CROWD = 24;

    private ChildProcess() {}

    /** Takes what to do, X's address, and the answer deadline in milliseconds. */
    public static void main(String[] args) throws Exception {
        URI uri = URI.create(args[1]);
        // Everything is loaded before it gets tight.
        say(endpoint(uri, Duration.ofSeconds(30)).refresh(RefreshToken.of("warm-up")));
        XTokenEndpoint endpoint = endpoint(uri, Duration.ofMillis(Long.parseLong(args[2])));
        if (args[0].equals("crowd")) {
            crowd(endpoint);
        } else {
            withoutFiles(endpoint);
        }
    }

    private static void crowd(XTokenEndpoint endpoint) throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Verdict>> verdicts = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                RefreshToken token = RefreshToken.of("token-" + i);
                verdicts.add(threads.submit(() -> endpoint.refresh(token)));
            }
            for (Future<Verdict> verdict : verdicts) {
                say(verdict.get());
            }
        }
    }

    /** Opens all files there are, and gives them back one by one until a refresh succeeds. */
    private static void withoutFiles(XTokenEndpoint endpoint) throws IOException {
        List<FileInputStream> files = new ArrayList<>();
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (FileNotFoundException e) {
            files.removeLast().close();
        }
        Verdict verdict = endpoint.refresh(Fixture.REFRESH);
        say(verdict);
        while (!(verdict instanceof Verdict.Rotated) && !files.isEmpty()) {
            files.removeLast().close();
            verdict = endpoint.refresh(Fixture.REFRESH);
            say(verdict);
        }
    }

    private static XTokenEndpoint endpoint(URI uri, Duration deadline) {
        XSettings settings = Fixture.settings(uri, Optional.empty(), deadline);
        return Fixture.endpoint(settings, new XTransport(settings, "9.9"));
    }

    private static void say(Verdict verdict) {
        System.out.println(verdict.getClass().getSimpleName()
                + (verdict instanceof Verdict.NotSent notSent ? " " + notSent.reason() : ""));
    }
}
