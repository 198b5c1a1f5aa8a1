package dev.roost.server.dashboard;

import dev.roost.core.journal.EventLog;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.server.telemetry.Standing;
import java.net.URI;
import java.util.concurrent.Executor;

/**
 * What the dashboard shows.
 *
 * @param standing how accounts and engine stand
 * @param history how refreshes went
 * @param events the logs of the accounts
 * @param search finds accounts
 * @param executor runs what may block
 * @param consent where X asks people whether they agree; forms of the dashboard may lead there
 */
public record Sights(
        Standing standing,
        RefreshHistory history,
        EventLog events,
        AccountSearch search,
        Executor executor,
        URI consent) {}
