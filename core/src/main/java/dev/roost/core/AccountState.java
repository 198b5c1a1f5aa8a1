package dev.roost.core;

import java.time.Instant;

/** Where an account stands. */
public sealed interface AccountState {
    /** Returns the word for this state that every door of Roost uses. */
    String label();

    /**
     * The grant is alive as far as anyone knows.
     *
     * @param nextRefreshAt when the scheduler will next refresh it
     */
    record Active(Instant nextRefreshAt) implements AccountState {
        @Override
        public String label() {
            return "active";
        }
    }

    /**
     * A refresh was sent and its answer is missing, so X may have rotated the grant or not. A guarded retry will tell.
     *
     * @param sentAt when the first unanswered request was sent
     * @param node the process that sent it
     * @param nextRefreshAt when the guarded retry may be made
     */
    record Uncertain(Instant sentAt, String node, Instant nextRefreshAt) implements AccountState {
        @Override
        public String label() {
            return "uncertain";
        }
    }

    /**
     * The grant is gone; only a person can bring it back.
     *
     * @param cause why
     * @param since when Roost learnt of it
     */
    record NeedsReauthorization(LossCause cause, Instant since) implements AccountState {
        @Override
        public String label() {
            return "needs_reauthorization";
        }
    }

    /**
     * A person took the account out of Roost; its tokens are deleted.
     *
     * @param since when that was
     */
    record Disconnected(Instant since) implements AccountState {
        @Override
        public String label() {
            return "disconnected";
        }
    }
}
