package dev.roost.server.guide.tools;

import dev.roost.core.AccessToken;
import dev.roost.core.SealedMemory;
import dev.roost.core.XUser;
import dev.roost.x.XApi;
import dev.roost.x.XReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Knows whose tokens are, so that X is not asked each time: it allows 75 such calls in 15 minutes, and bills them. Tokens
 * themselves are not held. Safe for many threads.
 */
final class Users {
    private static final int MOST = 10_000;
    /** X's access tokens live for two hours. */
    private static final Duration KEEP = Duration.ofHours(2);

    private final XApi api;
    private final SealedMemory known;

    Users(Workshop workshop) {
        this.api = workshop.api();
        this.known = new SealedMemory(MOST, KEEP, workshop.nanoTime(), workshop.random());
    }

    /** Makes the call with the id of the token's user; if X has to be asked for it and does not say, that is the answer. */
    <T> XReply<T> as(AccessToken token, Function<String, XReply<T>> call) {
        Optional<String> id = known.recall(List.of(token.value())).map(List::getFirst);
        return id.isPresent() ? call.apply(id.get()) : api.me(token).then(ok -> call.apply(kept(token, ok)));
    }

    private String kept(AccessToken token, XReply.Ok<XUser> ok) {
        known.keep(List.of(token.value()), List.of(ok.value().id()));
        return ok.value().id();
    }
}
