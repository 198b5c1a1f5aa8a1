package dev.roost.server.oauth;

import com.nimbusds.jose.jwk.JWKSet;

/** What came of looking for an authorization server's keys. */
sealed interface KeyFinding {
    /** Its keys as it publishes them now. */
    record Keys(JWKSet keys) implements KeyFinding {}

    /** They cannot be had. */
    record Failure(String why) implements KeyFinding {}
}
