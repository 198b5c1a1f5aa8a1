package dev.roost.server.oauth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the authorization server, kept for 5 minutes. A key that is not among them makes it look again, but it never
 * looks more often than every 10 seconds, whatever tokens people make up. While the server is away, keys are good for an
 * hour. One thread looks; the others wait for it, or use what there is. Safe for many threads.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
    /** How long to wait between two looks. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(IssuerKeys.class.getName());
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration OUTAGE = Duration.ofHours(1);

    private final KeyFinder finder;
    private final LongSupplier nanoTime;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile State state = new State(Optional.empty(), Optional.empty());

    IssuerKeys(KeyFinder finder, LongSupplier nanoTime) {
        this.finder = finder;
        this.nanoTime = nanoTime;
    }

    private record Kept(JWKSet keys, long since) {}

    /** The last look. */
    private record Look(long at, Optional<String> failure) {}

    private record State(Optional<Kept> kept, Optional<Look> look) {}

    /** @throws KeySourceException if the keys cannot be had; the message says why, in our own words */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        List<JWK> found = selector.select(keys(current()));
        if (!found.isEmpty()) {
            return found;
        }
        State later = newer();
        List<JWK> foundLater = selector.select(keys(later));
        Optional<String> failure = later.look().flatMap(Look::failure);
        if (foundLater.isEmpty() && failure.isPresent()) {
            // It may be a new key, and who could tell is away.
            throw new KeySourceException(failure.get());
        }
        return foundLater;
    }

    private State current() {
        State seen = state;
        if (isYounger(seen.kept().map(Kept::since), FRESH)) {
            return seen;
        }
        if (!isYounger(seen.kept().map(Kept::since), OUTAGE)) {
            return newer();
        }
        return looking.tryLock() ? lookAndUnlock() : seen;
    }

    private State newer() {
        looking.lock();
        return lookAndUnlock();
    }

    private State lookAndUnlock() {
        try {
            State now = state;
            if (!isYounger(now.look().map(Look::at), PAUSE)) {
                state = looked(now);
            }
            return state;
        } finally {
            looking.unlock();
        }
    }

    private State looked(State before) {
        KeyFinding finding = finder.find();
        long at = nanoTime.getAsLong();
        return switch (finding) {
            case KeyFinding.Keys keys ->
                new State(Optional.of(new Kept(keys.keys(), at)), Optional.of(new Look(at, Optional.empty())));
            case KeyFinding.Failure failure -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "access tokens of agents cannot be checked with the newest keys: {0}",
                        failure.why());
                yield new State(before.kept(), Optional.of(new Look(at, Optional.of(failure.why()))));
            }
        };
    }

    private JWKSet keys(State from) throws KeySourceException {
        if (isYounger(from.kept().map(Kept::since), OUTAGE)) {
            return from.kept().orElseThrow().keys();
        }
        throw new KeySourceException(from.look().flatMap(Look::failure).orElse("its keys are too old"));
    }

    private boolean isYounger(Optional<Long> since, Duration age) {
        return since.filter(at -> nanoTime.getAsLong() - at < age.toNanos()).isPresent();
    }
}
