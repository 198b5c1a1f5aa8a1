package dev.roost.store;

import dev.roost.core.Asked;
import dev.roost.core.LossCause;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the hashes that chain the log of an account: HMAC-SHA-256 (RFC 2104) with a key from the keyset, over fields that each
 * come with their length, so that no two entries look the same. Safe for many threads.
 */
final class ChainKey {
    /** What stands before the first entry. */
    static final String START = "";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ABSENT = -1;

    private final SecretKeySpec key;

    ChainKey(Keyset keyset) {
        this.key = new SecretKeySpec(DerivedKey.of(keyset, "account log"), ALGORITHM);
    }

    /** Returns the hash of an entry at its place. */
    String hash(String previous, long sequence, Entry entry) {
        return mac(out -> {
            text(out, "roost event 1");
            text(out, previous);
            text(out, entry.event().account().value());
            number(out, sequence);
            number(out, entry.event().at().toEpochMilli());
            text(out, entry.event().kind().name());
            number(out, entry.event().generation());
            text(out, entry.event().node());
            text(out, entry.event().detail());
            optional(out, entry.spent());
            optional(out, entry.sent());
            asked(out, entry.asked());
            cause(out, entry.cause());
        });
    }

    /** Returns what proves that a chain begins after this entry because Roost deleted what stood before. */
    String seal(String account, long sequence, String hash) {
        return mac(out -> {
            text(out, "roost base 1");
            text(out, account);
            number(out, sequence);
            text(out, hash);
        });
    }

    private static void asked(DataOutputStream out, Optional<Asked> asked) throws IOException {
        optional(out, asked.map(a -> a.verdict().name()));
        optional(out, asked.map(a -> Long.toString(a.took().toMillis())));
        optional(
                out,
                asked.filter(a -> a.status().isPresent())
                        .map(a -> Integer.toString(a.status().getAsInt())));
        optional(out, asked.map(Asked::error));
    }

    private static void cause(DataOutputStream out, Optional<LossCause> cause) throws IOException {
        LossColumns columns = LossColumns.of(cause);
        optional(out, columns.word());
        optional(out, columns.sentAt().map(at -> Long.toString(at)));
        optional(out, columns.node());
    }

    /** Writes fields. */
    private interface Fields {
        void to(DataOutputStream out) throws IOException;
    }

    private String mac(Fields fields) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            fields.to(out);
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(content.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }

    private static void number(DataOutputStream out, long number) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(number);
    }

    private static void optional(DataOutputStream out, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            text(out, text.get());
        } else {
            out.writeInt(ABSENT);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
