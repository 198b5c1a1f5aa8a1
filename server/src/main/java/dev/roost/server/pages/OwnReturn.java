package dev.roost.server.pages;

import dev.roost.core.SignIn;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The way back into the dashboard after a sign-in that began there. It is one fixed page, and only of the server that X sent
 * the person back to; so nobody can make Roost send people elsewhere with it.
 */
public final class OwnReturn {
    /** The page. */
    public static final String PATH = "/dashboard/arrived";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private OwnReturn() {}

    /** Returns what a sign-in keeps that begins at this origin. */
    public static URI to(URI origin) {
        return URI.create(origin + PATH);
    }

    /** Tells whether a sign-in began in the dashboard. */
    public static boolean isOf(SignIn signIn) {
        return signIn.origin().returnUrl().filter(OwnReturn::isForm).isPresent();
    }

    /**
     * Returns the way back for a person who has arrived at an origin; empty if it is none. A session of {@code localhost} does
     * not hold at {@code 127.0.0.1}, so the person is led back to the name it began under.
     */
    static Optional<URI> from(URI kept, URI arrivedAt) {
        if (!isForm(kept)) {
            return Optional.empty();
        }
        boolean same = kept.getRawAuthority().equalsIgnoreCase(arrivedAt.getRawAuthority());
        boolean sameMachine = isThisMachine(kept) && isThisMachine(arrivedAt) && kept.getPort() == arrivedAt.getPort();
        return same ? Optional.of(URI.create(PATH)) : sameMachine ? Optional.of(kept) : Optional.empty();
    }

    private static boolean isForm(URI url) {
        return PATH.equals(url.getRawPath())
                && url.getRawAuthority() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    private static boolean isThisMachine(URI url) {
        return url.getHost() != null && THIS_MACHINE.contains(url.getHost());
    }
}
