package dev.roost.store;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfSet;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys as they stand in a keyset file: an AES-256-GCM keyset that seals, of which one key is primary, and a PRF key
 * that makes fingerprints and never changes. Immutable; safe for many threads.
 */
final class Keys {
    private static final int FORMAT = 1;
    private static final int FINGERPRINT_BYTES = 16;

    private static final Configuration TINK = TinkConfig2026.get();

    private final KeysetHandle sealing;
    private final KeysetHandle fingerprinting;
    private final Aead aead;
    private final PrfSet prf;

    private Keys(KeysetHandle sealing, KeysetHandle fingerprinting) throws GeneralSecurityException {
        this.sealing = sealing;
        this.fingerprinting = fingerprinting;
        this.aead = sealing.getPrimitive(TINK, Aead.class);
        this.prf = fingerprinting.getPrimitive(TINK, PrfSet.class);
    }

    /** Makes new keys. */
    static Keys generate() {
        try {
            return new Keys(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK),
                    KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF, TINK));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM offers no AES-256-GCM or HMAC-SHA-256", e);
        }
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws GeneralSecurityException if it is something else
     */
    static Keys fromJson(String json) throws GeneralSecurityException {
        try {
            JsonObject root = JsonParser.parseString(json).getAsJsonObject();
            int format = root.get("format").getAsInt();
            if (format != FORMAT) {
                throw new GeneralSecurityException("format " + format + " is not known, only " + FORMAT);
            }
            return new Keys(read(root.getAsJsonObject("sealing")), read(root.getAsJsonObject("fingerprinting")));
        } catch (RuntimeException e) {
            // The parser quotes what it read, and that may be a key: the cause stays behind on purpose.
            throw new GeneralSecurityException(
                    "it is not a keyset in JSON (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Returns everything as JSON, keys included: for the keyset file only. */
    String toJson() {
        JsonObject root = new JsonObject();
        root.addProperty("format", FORMAT);
        root.add("sealing", write(sealing));
        root.add("fingerprinting", write(fingerprinting));
        return root + "\n";
    }

    /** Returns these keys and one more, which is primary. */
    Keys withNewPrimary() {
        try {
            KeysetHandle fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK);
            KeysetHandle.Builder.Entry entry =
                    KeysetHandle.importKey(fresh.getPrimary().getKey()).makePrimary();
            return new Keys(KeysetHandle.newBuilder(sealing).addEntry(entry).build(), fingerprinting);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be added to the keyset", e);
        }
    }

    /** Returns the id of the key that seals. */
    long primaryId() {
        return Integer.toUnsignedLong(sealing.getPrimary().getId());
    }

    /** Returns the ids of all keys that open. */
    Set<Long> ids() {
        Set<Long> ids = new TreeSet<>();
        for (int i = 0; i < sealing.size(); i++) {
            ids.add(Integer.toUnsignedLong(sealing.getAt(i).getId()));
        }
        return ids;
    }

    /** Tells whether everything that the others sealed and fingerprinted means the same to these. */
    boolean succeed(Keys others) {
        return ids().containsAll(others.ids()) && fingerprint("check", "").equals(others.fingerprint("check", ""));
    }

    Sealed seal(byte[] content, SealLabel label) {
        try {
            return Sealed.of(aead.encrypt(content, label.associatedData()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed for " + label, e);
        }
    }

    byte[] open(Sealed secret, SealLabel label) throws SealBrokenException {
        try {
            return aead.decrypt(secret.bytes(), label.associatedData());
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException("the " + label + " does not open under key " + secret.keyId(), e);
        }
    }

    /** Returns 32 hexadecimal digits that stand for a secret; without the keys they say nothing about it. */
    String fingerprint(String purpose, String secret) {
        try {
            byte[] input = (purpose + "|" + secret).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(prf.computePrimary(input, FINGERPRINT_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("fingerprinting failed", e);
        }
    }

    private static KeysetHandle read(JsonObject keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(keyset.toString(), TINK, InsecureSecretKeyAccess.get());
    }

    private static JsonObject write(KeysetHandle keyset) {
        try {
            String json = TinkJsonProtoKeysetFormat.serializeKeyset(keyset, TINK, InsecureSecretKeyAccess.get());
            return JsonParser.parseString(json).getAsJsonObject();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset could not be written as JSON", e);
        }
    }
}
