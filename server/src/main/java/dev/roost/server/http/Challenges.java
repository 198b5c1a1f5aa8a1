package dev.roost.server.http;

import dev.roost.core.access.KeyScope;
import dev.roost.server.oauth.ProtectedResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the header {@code WWW-Authenticate} tells an agent that may not come in, or not do this: how to get what it lacks
 * (RFC 6750 section 3, RFC 9728 section 5.1).
 *
 * @param metadata where the metadata of the protected resource is; empty when there is no authorization server, and then only
 *     an API key helps
 */
public record Challenges(Optional<URI> metadata) {
    private static final String SCHEME = "Bearer";

    /** Challenges in the name of this resource; empty when there is no authorization server. */
    static Challenges of(Optional<ProtectedResource> resource) {
        return new Challenges(resource.map(ProtectedResource::metadataUrl));
    }

    /**
     * To who brought nothing (401).
     *
     * @param scopes what to ask the authorization server for
     */
    public String missing(Set<KeyScope> scopes) {
        return built(Optional.empty(), Optional.empty(), metadata.isEmpty() ? Set.of() : scopes);
    }

    /**
     * To who brought a token that is worth nothing (401).
     *
     * @param why printable ASCII without quotes and backslashes
     * @param scopes what to ask the authorization server for
     */
    public String invalidToken(String why, Set<KeyScope> scopes) {
        return built(Optional.of("invalid_token"), Optional.of(why), metadata.isEmpty() ? Set.of() : scopes);
    }

    /**
     * To who brought a token in a way that is not allowed (400).
     *
     * @param why printable ASCII without quotes and backslashes
     */
    public String invalidRequest(String why) {
        return built(Optional.of("invalid_request"), Optional.of(why), Set.of());
    }

    /**
     * To who may come in but not do this (403).
     *
     * @param needed everything that the deed needs, at once: an agent that learns it one by one asks its user again and again
     */
    public String insufficientScope(Set<KeyScope> needed) {
        return built(Optional.of("insufficient_scope"), Optional.empty(), needed);
    }

    /**
     * Refuses a deed, so that the agent can ask its user for more: 403 with {@link #insufficientScope}, or 401 with
     * {@link #missing} for a local caller, who showed nothing at all.
     */
    public ProblemException stepUp(Caller caller, Set<KeyScope> needed) {
        return new ProblemException(caller.isLocal() ? nothing(needed) : tooLittle(needed));
    }

    private Problem nothing(Set<KeyScope> needed) {
        String detail = "this needs the scopes " + text(needed, ", ") + ", and you showed nothing; send "
                + (metadata.isEmpty() ? "" : "an access token or ")
                + "an API key that has them: Authorization: Bearer …";
        return Problem.lasting(401, "credentials_missing", detail).withChallenge(missing(needed));
    }

    private Problem tooLittle(Set<KeyScope> needed) {
        String detail = "this needs the scopes " + text(needed, ", ") + ", and not all of them were given; send "
                + (metadata.isEmpty() ? "" : "an access token or ")
                + "an API key that has them";
        return Problem.lasting(403, "scope_missing", detail).withChallenge(insufficientScope(needed));
    }

    private String built(Optional<String> error, Optional<String> why, Set<KeyScope> scopes) {
        List<String> parts = new ArrayList<>();
        error.ifPresent(word -> parts.add(part("error", word)));
        why.ifPresent(words -> parts.add(part("error_description", words)));
        metadata.ifPresent(url -> parts.add(part("resource_metadata", url.toString())));
        if (!scopes.isEmpty()) {
            parts.add(part("scope", text(scopes, " ")));
        }
        return parts.isEmpty() ? SCHEME : SCHEME + " " + String.join(", ", parts);
    }

    private static String part(String name, String value) {
        return name + "=\"" + value + "\"";
    }

    private static String text(Set<KeyScope> scopes, String between) {
        return new TreeSet<>(scopes).stream().map(KeyScope::text).collect(Collectors.joining(between));
    }
}
