package dev.roost.server.guide.tools;

import dev.roost.core.AccessToken;
import dev.roost.core.XUser;
import dev.roost.x.XApi;
import dev.roost.x.XReply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Knows whose tokens are, so that X is not asked each time: it allows 75 such calls in 15 minutes, and bills them. A token
 * is remembered by its fingerprint. Safe for many threads.
 */
final class Users {
    private static final int MOST = 10_000;
    /** X's access tokens live for two hours. */
    private static final Duration KEEP = Duration.ofHours(2);

    private final XApi api;
    private final Fingerprints fingerprints;
    private final Remembered<String> known;

    Users(Workshop workshop, Fingerprints fingerprints) {
        this.api = workshop.api();
        this.fingerprints = fingerprints;
        this.known = new Remembered<>(MOST, KEEP, workshop.nanoTime());
    }

    /** Makes the call with the id of the token's user; if X has to be asked for it and does not say, that is the answer. */
    <T> XReply<T> as(AccessToken token, Function<String, XReply<T>> call) {
        String fingerprint = fingerprints.of(token.value());
        Optional<String> id = known.get(fingerprint);
        return id.isPresent() ? call.apply(id.get()) : api.me(token).then(ok -> call.apply(kept(fingerprint, ok)));
    }

    private String kept(String fingerprint, XReply.Ok<XUser> ok) {
        known.put(fingerprint, ok.value().id());
        return ok.value().id();
    }
}
