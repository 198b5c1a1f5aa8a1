package dev.roost.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a while what belongs to secrets, for whoever presents the same secrets again: the answer to a call, so that a
 * repeated call gets it once more.
 *
 * <p>What is kept is found and opened with a name and a key that are made (HKDF, RFC 5869) of the secrets and a random key of
 * this process; neither secrets nor key are kept. So nobody who reads the memory can open it without the secrets. AES-256-GCM
 * with a random nonce. Bounded: the oldest go first. Safe for many threads.
 */
public final class SealedMemory {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] PURPOSE = "roost sealed memory: name, key".getBytes(StandardCharsets.US_ASCII);

    private final int most;
    private final Duration keptFor;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    /** Empty until it is needed: to start a source of random numbers takes a new process a while. */
    private byte[] processKey = {};
    /** In the order in which they came, which is the order in which they go. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * Makes an empty one.
     *
     * @param most how many things are kept at once
     * @param keptFor how long each is kept; zero: nothing is
     * @param nanoTime a clock that never jumps, in nanoseconds
     * @param random for keys and nonces; must be unpredictable
     * @throws IllegalArgumentException if the duration is negative
     */
    public SealedMemory(int most, Duration keptFor, LongSupplier nanoTime, RandomGenerator random) {
        if (keptFor.isNegative()) {
            throw new IllegalArgumentException(
                    "the replay window is " + keptFor + "; allowed is zero (no replays) or more");
        }
        this.most = most;
        this.keptFor = keptFor;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    private static final class Entry {
        private final byte[] nonce;
        private final byte[] sealed;
        private final long since;

        private Entry(byte[] nonce, byte[] sealed, long since) {
            this.nonce = nonce;
            this.sealed = sealed;
            this.since = since;
        }
    }

    /** What is made of the secrets. */
    private record Made(String name, SecretKeySpec key) {}

    /** Keeps this, in place of what was kept for the same secrets. Never throws: what was got is to be used, kept or not. */
    public void keep(List<Secret> secrets, List<String> content) {
        if (keptFor.isZero()) {
            return;
        }
        try {
            Made made = made(secrets);
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, made.key(), nonce, bytes(content));
            put(made.name(), new Entry(nonce, sealed, nanoTime.getAsLong()));
        } catch (GeneralSecurityException | RuntimeException e) {
            System.getLogger(SealedMemory.class.getName())
                    .log(System.Logger.Level.ERROR, "an answer could not be kept for a repeated call", e);
        }
    }

    /** Returns what is kept for the same secrets in the same order. */
    public Optional<List<String>> recall(List<Secret> secrets) {
        try {
            Made made = made(secrets);
            Optional<Entry> found = get(made.name());
            return found.isEmpty() ? Optional.empty() : Optional.of(open(made, found.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer could not be opened", e);
        }
    }

    /** Forgets what is kept for these secrets. */
    public void forget(List<Secret> secrets) {
        try {
            String name = made(secrets).name();
            synchronized (this) {
                entries.remove(name);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer could not be found", e);
        }
    }

    /** Returns how many things are kept. */
    public synchronized int size() {
        clear();
        return entries.size();
    }

    private synchronized void put(String name, Entry entry) {
        entries.remove(name);
        entries.put(name, entry);
        clear();
    }

    private synchronized Optional<Entry> get(String name) {
        clear();
        return Optional.ofNullable(entries.get(name));
    }

    private void clear() {
        long now = nanoTime.getAsLong();
        var oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            boolean expired = now - oldest.next().since >= keptFor.toNanos();
            if (!expired && entries.size() <= most) {
                return;
            }
            oldest.remove();
        }
    }

    private Made made(List<Secret> secrets) throws GeneralSecurityException {
        byte[] material = bytes(secrets.stream().map(Secret::expose).toList());
        byte[] both = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(material)
                        .addSalt(processKey())
                        .thenExpand(PURPOSE, 2 * KEY_BYTES));
        return new Made(
                HexFormat.of().formatHex(both, 0, KEY_BYTES), new SecretKeySpec(both, KEY_BYTES, KEY_BYTES, "AES"));
    }

    private synchronized byte[] processKey() {
        if (processKey.length == 0) {
            byte[] made = new byte[KEY_BYTES];
            random.nextBytes(made);
            processKey = made;
        }
        return processKey;
    }

    private static List<String> open(Made made, Entry entry) throws GeneralSecurityException {
        return texts(crypt(Cipher.DECRYPT_MODE, made.key(), entry.nonce, entry.sealed));
    }

    private static byte[] crypt(int mode, SecretKeySpec key, byte[] nonce, byte[] text)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher.doFinal(text);
    }

    /** Writes each text after its length, so that no two lists look alike. */
    private static byte[] bytes(List<String> texts) {
        List<byte[]> all = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer buffer = ByteBuffer.allocate(
                all.stream().mapToInt(one -> Integer.BYTES + one.length).sum());
        all.forEach(one -> buffer.putInt(one.length).put(one));
        return buffer.array();
    }

    private static List<String> texts(byte[] bytes) {
        List<String> texts = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            byte[] one = new byte[buffer.getInt()];
            buffer.get(one);
            texts.add(new String(one, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
