package dev.roost.server.dashboard;

import java.net.URI;

/**
 * What the dashboard shows.
 *
 * @param consent where X asks people whether they agree; forms of the dashboard may lead there
 */
public record Sights(URI consent) {}
