package dev.roost.core;

/** What X issues together: the one live pair of a grant. */
public record TokenPair(AccessToken access, RefreshToken refresh) {}
