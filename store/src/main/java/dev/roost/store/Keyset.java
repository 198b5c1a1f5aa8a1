package dev.roost.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The keys of a keyset file, followed as another process rotates them: before it seals, it looks whether the file has
 * changed; when it meets something sealed with a key that it does not know, it reads the file once more. A file that
 * has become unreadable, or holds other keys altogether, changes nothing while the process runs. Safe for many threads.
 */
final class Keyset {
    private static final Logger LOG = System.getLogger(Keyset.class.getName());

    private final KeysetFile file;
    private volatile Loaded loaded;

    private record Loaded(Keys keys, KeysetFile.Stamp stamp) {}

    /** @throws StoreRefusedException if the file cannot be used */
    Keyset(KeysetFile file) {
        this.file = file;
        try {
            // The stamp comes first: if the file changes in between, it is merely read again.
            KeysetFile.Stamp stamp = file.stamp();
            this.loaded = new Loaded(file.read(), stamp);
        } catch (IOException e) {
            throw new StoreRefusedException("the keyset file " + file + " cannot be read (" + e + ")", e);
        }
    }

    KeysetFile file() {
        return file;
    }

    /** Returns the keys to seal with: those that the file holds now. */
    Keys current() {
        Loaded known = loaded;
        try {
            KeysetFile.Stamp stamp = file.stamp();
            return stamp.equals(known.stamp()) ? known.keys() : reload(known, stamp);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "the keyset file " + file + " cannot be seen; going on with the keys read", e);
            return known.keys();
        }
    }

    /** Opens what was sealed under the same label. */
    byte[] open(Sealed secret, SealLabel label) throws SealBrokenException {
        long id = secret.keyId();
        Keys keys = loaded.keys();
        if (!keys.ids().contains(id)) {
            keys = current();
        }
        if (!keys.ids().contains(id)) {
            throw new SealBrokenException("the " + label + " was sealed with key " + id + ", which the keyset file "
                    + file + " does not hold; put the newest keyset file there");
        }
        return keys.open(secret, label);
    }

    /** Returns the fingerprint of a secret; it is the same for all keys this file ever holds. */
    String fingerprint(String purpose, String secret) {
        return loaded.keys().fingerprint(purpose, secret);
    }

    private synchronized Keys reload(Loaded known, KeysetFile.Stamp stamp) {
        if (loaded.stamp().equals(stamp)) {
            return loaded.keys();
        }
        Keys keys = known.keys();
        try {
            Keys found = file.read();
            if (found.succeed(keys)) {
                keys = found;
            } else {
                LOG.log(
                        Level.ERROR,
                        "the keyset file {0} was replaced by one that lacks keys in use; restore it",
                        file);
            }
        } catch (StoreRefusedException e) {
            LOG.log(Level.ERROR, "going on with the keys read at the start", e);
        }
        loaded = new Loaded(keys, stamp);
        return keys;
    }
}
