package dev.roost.server.dashboard;

import dev.roost.core.journal.EventLog;
import dev.roost.core.overview.AccountSearch;
import java.net.URI;

/**
 * What the dashboard shows.
 *
 * @param consent where X asks people whether they agree; forms of the dashboard may lead there
 * @param search finds accounts
 * @param log what happened to accounts
 */
public record Sights(URI consent, AccountSearch search, EventLog log) {}
