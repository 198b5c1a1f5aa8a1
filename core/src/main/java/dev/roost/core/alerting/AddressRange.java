package dev.roost.core.alerting;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of IP addresses.
 *
 * @param network its first address
 * @param bits how many leading bits all its addresses share
 */
record AddressRange(InetAddress network, int bits) {
    /** Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address; empty when it is none of these. No name is looked up. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return literal(address).flatMap(network -> {
            int most = network.getAddress().length * 8;
            String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
            return length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= most
                    ? Optional.of(new AddressRange(network, Integer.parseInt(length)))
                    : Optional.empty();
        });
    }

    static AddressRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no range of addresses"));
    }

    /** Reads an address as digits; empty when it is a name. */
    static Optional<InetAddress> literal(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
