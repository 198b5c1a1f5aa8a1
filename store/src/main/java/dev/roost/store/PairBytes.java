package dev.roost.store;

import dev.roost.core.AccessToken;
import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.Rotation;
import dev.roost.core.Scopes;
import dev.roost.core.TokenPair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Pairs and rotations as bytes, to be sealed whole. The first byte is the version of the form. */
final class PairBytes {
    private static final int VERSION = 1;

    private PairBytes() {}

    static byte[] of(IssuedPair pair) {
        return write(out -> writePair(out, pair));
    }

    static byte[] of(Rotation rotation) {
        return write(out -> {
            writeText(out, rotation.id().value());
            out.writeLong(rotation.spent());
            writePair(out, rotation.pair());
            writeTime(out, rotation.nextRefreshAt());
            writeTime(out, rotation.at());
            out.writeLong(rotation.took().toNanos());
            writeText(out, rotation.node().value());
        });
    }

    /** @throws IOException if these are other bytes */
    static IssuedPair pair(byte[] bytes) throws IOException {
        return readPair(open(bytes));
    }

    /** @throws IOException if these are other bytes */
    static Rotation rotation(byte[] bytes) throws IOException {
        DataInputStream in = open(bytes);
        return new Rotation(
                new AccountId(readText(in)),
                in.readLong(),
                readPair(in),
                readTime(in),
                readTime(in),
                Duration.ofNanos(in.readLong()),
                new Node(readText(in)));
    }

    /** Writes fields. */
    private interface Fields {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            fields.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static DataInputStream open(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("it is of form " + version + ", and this program knows only " + VERSION);
        }
        return in;
    }

    private static void writePair(DataOutputStream out, IssuedPair pair) throws IOException {
        writeText(out, pair.tokens().access().expose());
        writeText(out, pair.tokens().refresh().expose());
        writeTime(out, pair.accessExpiresAt());
        writeText(out, pair.scopes().toString());
    }

    private static IssuedPair readPair(DataInputStream in) throws IOException {
        TokenPair tokens = new TokenPair(AccessToken.of(readText(in)), RefreshToken.of(readText(in)));
        return new IssuedPair(tokens, readTime(in), Scopes.parse(readText(in)));
    }

    private static void writeTime(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant readTime(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
