package dev.roost.core.alerting;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which addresses webhooks may be sent to: https and public ones, and what an operator allows beside. A name says nothing
 * of where it leads, so {@link #check} judges what is written, and {@link #permits} each address that is connected to.
 * Immutable.
 */
public final class WebhookTargets {
    /** Only https to public addresses. */
    public static final WebhookTargets PUBLIC = new WebhookTargets(Set.of(), List.of());

    private static final String ALLOWED =
            "allowed: https with a public host and without user or fragment, or a host or range of ROOST_WEBHOOKS_ALLOW";
    private static final int LONGEST = 2000;

    private final Set<String> hosts;
    private final List<AddressRange> ranges;

    /** Apart, for a process that only reads its settings needs none of it. */
    private static final class Internet {
        /** What is not the internet: RFC 6890 and its successors, by IANA's registries of special-purpose addresses. */
        static final List<AddressRange> SPECIAL = Stream.of(
                        "0.0.0.0/8",
                        "10.0.0.0/8",
                        "100.64.0.0/10",
                        "127.0.0.0/8",
                        "169.254.0.0/16",
                        "172.16.0.0/12",
                        "192.0.0.0/24",
                        "192.0.2.0/24",
                        "192.31.196.0/24",
                        "192.52.193.0/24",
                        "192.88.99.0/24",
                        "192.168.0.0/16",
                        "192.175.48.0/24",
                        "198.18.0.0/15",
                        "198.51.100.0/24",
                        "203.0.113.0/24",
                        "224.0.0.0/4",
                        "240.0.0.0/4")
                .map(AddressRange::of)
                .toList();
        /** Of IPv6 only global unicast is the internet; these parts of it lead elsewhere (6to4 and Teredo carry IPv4). */
        static final AddressRange GLOBAL = AddressRange.of("2000::/3");

        static final List<AddressRange> SPECIAL_GLOBAL = Stream.of(
                        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
                .map(AddressRange::of)
                .toList();

        private Internet() {}

        static boolean has(InetAddress address) {
            return address.getAddress().length == 4
                    ? SPECIAL.stream().noneMatch(range -> range.contains(address))
                    : GLOBAL.contains(address) && SPECIAL_GLOBAL.stream().noneMatch(range -> range.contains(address));
        }
    }

    private WebhookTargets(Set<String> hosts, List<AddressRange> ranges) {
        this.hosts = Set.copyOf(hosts);
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Allows these hosts and ranges beside what is public; with them also http.
     *
     * @param words host names, addresses, or ranges such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one is none of these
     */
    public static WebhookTargets allowing(Collection<String> words) {
        Set<String> hosts = new LinkedHashSet<>();
        List<AddressRange> ranges = new ArrayList<>();
        for (String word : words) {
            String text = word.toLowerCase(Locale.ROOT);
            AddressRange.parse(text).ifPresentOrElse(ranges::add, () -> hosts.add(host(text)));
        }
        return new WebhookTargets(hosts, ranges);
    }

    private static String host(String text) {
        if (text.contains("_")) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" has an underscore, which the host of a URL cannot have; give another name of it, or its address");
        }
        if (!text.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?") || text.matches("[0-9.]+")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a host name nor an address nor a range such as 10.0.0.0/8");
        }
        return text;
    }

    /**
     * Judges what is written.
     *
     * @throws IllegalArgumentException if it is not allowed; the message does not repeat it, for it may hold a secret
     */
    public URI check(String url) {
        URI uri = parse(url);
        String host = hostOf(uri);
        boolean named = hosts.contains(host);
        boolean literalHere = AddressRange.literal(host).filter(this::isAllowed).isPresent();
        if ("http".equals(uri.getScheme()) && !named && !literalHere) {
            throw new IllegalArgumentException("the address is http, which anybody on the way can read; " + ALLOWED);
        }
        AddressRange.literal(host).ifPresent(address -> {
            if (!permits(host, address)) {
                throw new IllegalArgumentException("the address is " + kind() + "; " + ALLOWED);
            }
        });
        if (!named && (host.equals("localhost") || host.endsWith(".localhost"))) {
            throw new IllegalArgumentException("the address is " + kind() + "; " + ALLOWED);
        }
        return uri;
    }

    /** Tells whether deliveries to this host may go to this address. */
    public boolean permits(String host, InetAddress address) {
        return hosts.contains(host.toLowerCase(Locale.ROOT)) || isAllowed(address) || Internet.has(address);
    }

    /** Says, to people, what a refused address is and what is allowed. */
    public static String refusal(String host) {
        return host + " leads to " + kind() + "; " + ALLOWED;
    }

    /** Returns what of an address may be shown: its origin, and whether there is more. */
    static String shown(URI uri) {
        boolean more =
                !"".equals(String.valueOf(uri.getRawPath()).replaceFirst("^/$", "")) || uri.getRawQuery() != null;
        return uri.getScheme() + "://" + uri.getRawAuthority() + (more ? "/…" : "");
    }

    private boolean isAllowed(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static String kind() {
        return "a private, local or otherwise special address, not one of the internet";
    }

    private static String hostOf(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    }

    private static URI parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (java.net.URISyntaxException e) {
            // The cause repeats the address, and that may hold a secret.
            throw new IllegalArgumentException("the address is not a URL; " + ALLOWED);
        }
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        boolean plain = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
        if (!web || uri.getHost() == null || !plain || url.length() > LONGEST || uri.getPort() == 0) {
            throw new IllegalArgumentException("the address is not one that a webhook can have; " + ALLOWED);
        }
        return uri;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookTargets targets && hosts.equals(targets.hosts) && ranges.equals(targets.ranges);
    }

    @Override
    public int hashCode() {
        return hosts.hashCode() + ranges.hashCode();
    }
}
