package dev.roost.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jdbi.v3.core.Handle;

/**
 * Proves at the start that the keyset file is the one that the database was sealed with. Two values in {@code meta}: one
 * sealed, one fingerprint.
 */
final class KeysetCheck {
    static final String SEALED = "keyset_check";
    private static final String FINGERPRINT = "fingerprint_check";
    private static final SealLabel LABEL = new SealLabel(SealLabel.Kind.CHECK, "meta", 0);
    private static final byte[] CONTENT = "roost".getBytes(StandardCharsets.UTF_8);

    private final Database database;
    private final SqlGate gate;

    KeysetCheck(Database database, SqlGate gate) {
        this.database = database;
        this.gate = gate;
    }

    /**
     * Returns the keyset of a file, made if this is the first start ever.
     *
     * @throws StoreRefusedException if it is not the keyset of this database, saying what to do
     */
    Keyset open(KeysetFile file) {
        // Asked in this order: another first start makes the file before it seals anything with it.
        boolean sealed = gate.read(handle -> Meta.value(handle, SEALED)).isPresent();
        if (!file.exists()) {
            if (sealed) {
                throw new StoreRefusedException(database.label() + " was sealed with a keyset, but there is no file "
                        + file + "; restore it from a backup, for without it no token can be opened");
            }
            file.createIfAbsent();
        }
        Keyset keyset = new Keyset(file);
        gate.change(handle -> {
            Meta.keep(handle, SEALED, seal(keyset.current()));
            Meta.keep(handle, FINGERPRINT, keyset.fingerprint("check", ""));
        });
        verify(keyset);
        return keyset;
    }

    /** Tells whether the check value is sealed with the given key. */
    static boolean isUnder(Handle handle, long keyId) {
        return Meta.value(handle, SEALED)
                .map(KeysetCheck::decode)
                .map(Sealed::keyId)
                .filter(id -> id == keyId)
                .isPresent();
    }

    /** Seals the check value anew. */
    static void reseal(Handle handle, Keys keys) {
        Meta.set(handle, SEALED, seal(keys));
    }

    private void verify(Keyset keyset) {
        Sealed secret = decode(gate.read(handle -> Meta.value(handle, SEALED)).orElseThrow());
        String fingerprint =
                gate.read(handle -> Meta.value(handle, FINGERPRINT)).orElseThrow();
        try {
            keyset.open(secret, LABEL);
        } catch (SealBrokenException e) {
            throw wrong(keyset, String.valueOf(e.getMessage()));
        }
        if (!fingerprint.equals(keyset.fingerprint("check", ""))) {
            throw wrong(keyset, "its fingerprinting key is another");
        }
    }

    private StoreRefusedException wrong(Keyset keyset, String why) {
        return new StoreRefusedException("the keyset file " + keyset.file() + " is not the one that " + database.label()
                + " was sealed with (" + why + "); restore the right keyset file, or point to it");
    }

    private static String seal(Keys keys) {
        return Base64.getEncoder().encodeToString(keys.seal(CONTENT, LABEL).bytes());
    }

    private static Sealed decode(String value) {
        return Sealed.of(Base64.getDecoder().decode(value));
    }
}
