package dev.roost.server.alerting;

import dev.roost.core.alerting.WebhookTargets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up and refuses those that lead to an address where nothing may be sent. What it returns is what is connected to,
 * so a name that leads elsewhere a moment later (DNS rebinding) gains nothing. One forbidden address among several is enough.
 */
final class CheckedResolver implements DnsResolver {
    private final WebhookTargets targets;
    private final Names names;

    CheckedResolver(WebhookTargets targets, Names names) {
        this.targets = targets;
        this.names = names;
    }

    /** Says which addresses a name has. */
    @FunctionalInterface
    interface Names {
        /**
         * Returns them.
         *
         * @throws UnknownHostException if there is none
         */
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** A name that leads where nothing may be sent. */
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.of(host);
        if (found.length == 0) {
            throw new UnknownHostException(host);
        }
        if (!Arrays.stream(found).allMatch(address -> targets.permits(bare(host), address))) {
            throw new Refused(WebhookTargets.refusal(host));
        }
        return found;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return Arrays.stream(resolve(host))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /** Nobody asks for it without Kerberos, and no second look-up is wanted. */
    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private static String bare(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
