package dev.roost.server.session;

import dev.roost.core.Secret;
import java.time.Instant;

/**
 * A browser that signed in with an API key.
 *
 * @param keyId the id of the key; what it may do is looked up again with every request
 * @param since when it signed in
 * @param usedAt when its cookie was last sealed anew
 * @param csrf what every change that it asks for has to bring along, so that no other web page can ask for one
 */
public record Session(String keyId, Instant since, Instant usedAt, Secret csrf) {
    /** Returns the same session, used now. */
    Session used(Instant now) {
        return new Session(keyId, since, now, csrf);
    }
}
