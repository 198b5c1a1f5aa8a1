package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process remembers of the calls of {@link CallerRefreshes}, for callers who did not hear the answer. Safe for many
 * threads.
 */
final class CallerMemory {
    private static final int MOST = 10_000;
    private static final Duration LOSSES_KEPT_FOR = Duration.ofHours(1);

    private final SealedMemory pairs;
    private final SealedMemory losses;

    CallerMemory(Duration window, World world) {
        this.pairs = new SealedMemory(MOST, window, world.nanoTime(), world.random());
        this.losses = new SealedMemory(MOST, LOSSES_KEPT_FOR, world.nanoTime(), world.random());
    }

    /**
     * A call: this token, with these credentials.
     *
     * @param secrets stand for both; equal for the same call only
     */
    record Call(CallerApp app, RefreshToken token, List<Secret> secrets) {
        /**
         * Tells calls apart.
         *
         * @param own whether the app has the engine's own endpoint, which nobody gets who does not show its secret: then it is
         *     one call, whether the secret came along or Roost has put it in. Who knows only the app's id makes another call
         */
        static Call of(CallerApp app, RefreshToken token, boolean own) {
            List<Secret> secrets = Stream.of(
                            Stream.of(Secret.of(own ? "own" : "brought"), Secret.of(app.clientId())),
                            own ? Stream.<Secret>empty() : app.clientSecret().stream(),
                            Stream.of(token.value()))
                    .flatMap(parts -> parts)
                    .toList();
            return new Call(app, token, secrets);
        }
    }

    /** Keeps the answer to a call; does nothing if the window is zero. */
    void keep(Call call, CallerAnswer.Rotated answer) {
        losses.forget(call.secrets());
        List<String> texts = new ArrayList<>(List.of(
                answer.tokens().access().expose(),
                answer.tokens().refresh().expose(),
                answer.expiresAt().toString(),
                String.valueOf(answer.hasNewRefreshToken()),
                answer.keptAs().map(AccountId::value).orElse("")));
        answer.scopes().map(Scopes::toString).ifPresent(texts::add);
        pairs.keep(call.secrets(), texts);
    }

    /** Returns the answer to the same call, if it was made within the window. It says that it is a replay. */
    Optional<CallerAnswer.Rotated> recall(Call call) {
        return pairs.recall(call.secrets())
                .map(texts -> new CallerAnswer.Rotated(
                        new TokenPair(AccessToken.of(texts.get(0)), RefreshToken.of(texts.get(1))),
                        Instant.parse(texts.get(2)),
                        texts.stream().skip(5).findFirst().map(Scopes::parse),
                        Boolean.parseBoolean(texts.get(3)),
                        true,
                        Optional.of(texts.get(4)).filter(id -> !id.isEmpty()).map(AccountId::new)));
    }

    /** Notes that the answer to a call is missing, and returns when the first of these was sent. */
    Instant lost(Call call, Instant sentAt) {
        Optional<Instant> before = lostAt(call);
        if (before.isEmpty()) {
            losses.keep(call.secrets(), List.of(sentAt.toString()));
        }
        return before.orElse(sentAt);
    }

    /** Returns when the same call was sent whose answer is missing. */
    Optional<Instant> lostAt(Call call) {
        return losses.recall(call.secrets()).map(List::getFirst).map(Instant::parse);
    }

    /** Returns how many answers are kept. */
    int size() {
        return pairs.size();
    }
}
