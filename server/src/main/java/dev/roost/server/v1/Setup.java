package dev.roost.server.v1;

import dev.roost.core.Engine;
import dev.roost.core.Scopes;
import dev.roost.core.access.AuditTrail;
import dev.roost.core.journal.EventLog;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;

/**
 * What the account API works on.
 *
 * @param engine keeps the accounts
 * @param events what happened to the accounts
 * @param audit who asked for what
 * @param clock the time of day
 * @param callbackUrl where X sends people back to
 * @param scopes what to ask people for unless a program says otherwise
 * @param returnUrls where people may be sent after a sign-in
 */
public record Setup(
        Engine engine,
        EventLog events,
        AuditTrail audit,
        InstantSource clock,
        URI callbackUrl,
        Scopes scopes,
        Set<URI> returnUrls) {
    /** Copies the set. */
    public Setup {
        returnUrls = Set.copyOf(returnUrls);
    }
}
