package dev.roost.server.http;

import dev.roost.core.Secret;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/** Looks at the API key of a request. Safe for many threads. */
final class KeyCheck {
    private static final int MOST = 10_000;

    private final ApiKeys keys;
    private final KeyRates rates;
    private final Map<String, Known> callers = new ConcurrentHashMap<>();

    private record Known(ApiKey key, Caller caller) {}

    KeyCheck(ApiKeys keys, LongSupplier nanoTime) {
        this.keys = keys;
        this.rates = new KeyRates(nanoTime);
    }

    /** Lets in who has a key with one of these scopes, or any key when there are none. */
    Caller keyed(Request request, Set<KeyScope> anyOf) {
        return admitted(presented(request).flatMap(this::find).orElseThrow(KeyCheck::unknownKey), anyOf);
    }

    /** Like {@link #keyed}, without asking the store; empty, and nothing is counted, when it has to be asked. */
    Optional<Caller> keyedAtOnce(Request request, Set<KeyScope> anyOf) {
        return presented(request).flatMap(keys::known).map(key -> admitted(key, anyOf));
    }

    private Caller admitted(ApiKey good, Set<KeyScope> anyOf) {
        ApiKey key = counted(good);
        if (!anyOf.isEmpty() && anyOf.stream().noneMatch(key::allows)) {
            String names = anyOf.stream().map(KeyScope::text).collect(Collectors.joining(" or "));
            throw new ProblemException(Problem.lasting(
                    403, "scope_missing", "this API key lacks the scope " + names + ", which this call needs"));
        }
        return caller(key);
    }

    /** Returns the caller with this key, the same one again as long as memory holds the key. */
    private Caller caller(ApiKey key) {
        Known known = callers.get(key.id());
        // Mostly it is the very same, which Objects.equals sees first.
        if (known != null && Objects.equals(known.key(), key)) {
            return known.caller();
        }
        Known fresh = new Known(key, Caller.of(key));
        if (callers.size() >= MOST) {
            callers.clear();
        }
        callers.put(key.id(), fresh);
        return fresh.caller();
    }

    /** Returns the key that this text proves; empty when it proves none. */
    Optional<ApiKey> find(Secret text) {
        return keys.verify(text);
    }

    /** Counts a request of this key; one too many is refused (429). */
    ApiKey counted(ApiKey key) {
        Optional<Duration> wait = rates.take(key);
        if (wait.isPresent()) {
            throw new ProblemException(Problem.passing(
                    429,
                    "too_many_requests",
                    "this API key may make " + key.requestsPerMinute() + " requests a minute",
                    wait.get()));
        }
        return key;
    }

    /** The key in {@code Authorization: Bearer} (RFC 6750 section 2.1), or in {@code X-API-Key}. */
    static Optional<Secret> presented(Request request) {
        String authorization = request.getHeaders().get("Authorization");
        String text = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7)
                : request.getHeaders().get("X-API-Key");
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        if (hasControls(text.strip())) {
            throw unknownKey();
        }
        return Optional.of(Secret.of(text));
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static ProblemException unknownKey() {
        return new ProblemException(unknown());
    }

    static Problem unknown() {
        return Problem.lasting(
                401,
                "api_key_missing_or_invalid",
                "send a valid API key: Authorization: Bearer roost_…; make one with: roost api-key create");
    }
}
