package dev.roost.proof.chaos;

import dev.roost.simulator.LedgerRequest;
import dev.roost.testkit.FaultProxy;
import dev.roost.testkit.FaultProxy.Way;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which node sent which refresh token to X and when its answer came, as the proxies saw it. Nothing of this is what a node says
 * of itself. Safe for many threads.
 */
final class Sends {
    private static final Pattern REFRESH = Pattern.compile("(?:^|&|\\s)refresh_token=([^&\\s]+)");

    private final Map<String, List<Send>> byToken = new ConcurrentHashMap<>();

    /** One request that carried a refresh token. */
    static final class Send {
        private final String node;
        private final Instant began;
        private final boolean passed;
        private volatile Optional<Instant> answered = Optional.empty();

        private Send(String node, Instant began, boolean passed) {
            this.node = node;
            this.began = began;
            this.passed = passed;
        }

        String node() {
            return node;
        }

        /** When the node had sent it, whatever the way to X did to it then. */
        Instant began() {
            return began;
        }

        /** When the node's side had the last of the answer; empty when that never came through. */
        Optional<Instant> answered() {
            return answered;
        }

        @Override
        public String toString() {
            return node + " sent it at " + began + (passed ? "" : ", which never came to X")
                    + answered.map(at -> ", answered at " + at).orElse(", never answered");
        }
    }

    /** Hears a node's line to X from now on. */
    void hear(String node, FaultProxy line) {
        Map<Long, Send> last = new ConcurrentHashMap<>();
        line.listen((connection, way, piece, came, passed) -> {
            if (way == Way.TO_SERVER) {
                last.remove(connection);
                token(piece).ifPresent(token -> last.put(connection, sent(token, new Send(node, came, passed))));
            } else if (passed) {
                Send answered = last.get(connection);
                if (answered != null) {
                    answered.answered = Optional.of(Instant.now());
                }
            }
        });
    }

    private Send sent(String token, Send send) {
        byToken.computeIfAbsent(token, _ -> new CopyOnWriteArrayList<>()).add(send);
        return send;
    }

    private static Optional<String> token(byte[] piece) {
        Matcher found = REFRESH.matcher(new String(piece, StandardCharsets.ISO_8859_1));
        return found.find() ? Optional.of(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** All that carried this token. */
    List<Send> of(String token) {
        return List.copyOf(byToken.getOrDefault(token, List.of()));
    }

    /** The one that X saw as this request: of those that came to X, the last to set out before it arrived. */
    Optional<Send> behind(LedgerRequest request) {
        return of(request.presented()).stream()
                .filter(send ->
                        send.passed && !send.began.isAfter(request.time().plus(Duration.ofMillis(5))))
                .max(Comparator.comparing(Send::began));
    }
}
