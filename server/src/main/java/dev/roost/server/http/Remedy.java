package dev.roost.server.http;

import dev.roost.core.Account;
import java.net.URI;
import java.util.Optional;

/** Knows where a person can bring a lost grant back. */
@FunctionalInterface
public interface Remedy {
    /** Returns the address where the person signs in again; empty when there is none to offer now. */
    Optional<URI> reauthorizeUrl(Account account);
}
