package dev.roost.core;

import java.time.Instant;

/** Why a grant is gone and a person has to sign in again. */
public sealed interface LossCause {
    /** Says in a sentence or two what happened and what to do. Holds no secret. */
    String explain();

    /**
     * A refresh was noted as sent, its answer never became durable, and X has since refused the same refresh token: X
     * rotated the grant and the new pair was lost on its way. No client could have saved it.
     *
     * @param sentAt when the request with the lost answer was sent
     * @param node the process that sent it
     */
    record AnswerLost(Instant sentAt, String node) implements LossCause {
        @Override
        public String explain() {
            return "the answer to the refresh sent at " + sentAt + " by node " + node
                    + " was lost before it could be saved, and X now refuses the token that was spent with it."
                    + " Sign in again with: roost connect";
        }
    }

    /** X refused a refresh token that Roost had never spent. Something outside Roost ended the grant. */
    record RefusedByX() implements LossCause {
        @Override
        public String explain() {
            return "X refused the refresh token though Roost had not spent it: the user revoked the app at"
                    + " x.com/settings/connected_apps, or somebody signed the same user in to the same app elsewhere"
                    + " (X keeps one grant per app and user). Sign in again with: roost connect";
        }
    }
}
