package dev.roost.store;

import java.nio.charset.StandardCharsets;

/**
 * What a sealed secret belongs to. It is the associated data of the seal, so a secret copied to another row, or an old
 * one put back, does not open.
 *
 * @param kind what it is
 * @param subject the id of the account, sign-in or webhook
 * @param generation of the grant, or the number of a webhook's secret; 0 where there is none
 */
record SealLabel(Kind kind, String subject, long generation) {
    /** What can be sealed. The names are part of the seal: renaming one makes what is stored unreadable. */
    enum Kind {
        ACCESS,
        REFRESH,
        VERIFIER,
        PAIR,
        ROTATION,
        CHECK,
        WEBHOOK_URL,
        WEBHOOK_SECRET
    }

    byte[] associatedData() {
        return ("roost/1|" + kind + "|" + subject + "|" + generation).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " of " + subject
                + (generation > 0 ? ", generation " + generation : "");
    }
}
