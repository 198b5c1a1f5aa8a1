package dev.roost.simulator;

/**
 * The tokens of a grant at one moment.
 *
 * @param accessToken what data calls carry
 * @param refreshToken what the next refresh spends; empty when the grant lacks {@code offline.access}
 */
public record IssuedPair(String accessToken, String refreshToken) {}
