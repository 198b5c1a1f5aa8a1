package dev.roost.server.http;

import dev.roost.server.session.Session;
import java.util.function.BooleanSupplier;

/**
 * A signed-in browser's request.
 *
 * @param session of the browser
 * @param isSecure whether the browser comes by https
 * @param isFresh whether the browser has just signed in, or its cookie is to be sealed anew
 * @param lasts tells, for answers that go on, whether the session is still good: not over, and its key not revoked. Asks the
 *     store; safe for any thread
 */
public record Visit(Session session, boolean isSecure, boolean isFresh, BooleanSupplier lasts) {}
