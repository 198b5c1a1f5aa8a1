package dev.roost.testkit.simulation;

import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Grant;
import dev.roost.core.LossCause;
import dev.roost.core.XUser;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds what the store believes at the end against what X knows. What must not even happen for a moment is noticed where it does. */
final class Judge {
    private final Stage stage;

    Judge(Stage stage) {
        this.stage = stage;
    }

    void judge() {
        stage.accounts().forEach(this::judge);
        stage.generations().forEach(this::repeats);
        for (Issue issue : stage.x().issues()) {
            NodeProcess asker = issue.asker;
            if (issue.delivered && !issue.isDurable() && !issue.superseded && asker != null && !asker.dead) {
                fail("(c) an answer for " + issue.user + " reached " + asker + ", which lives, and rests nowhere");
            }
        }
    }

    /** Tells whether the pair that is kept is the one that X accepts. */
    boolean isKept(XUser user, AccountId id) {
        Issue live = stage.x().of(user).live;
        return live != null
                && stage.store()
                        .grant(id)
                        .filter(grant -> grant.tokens().refresh().equals(live.tokens.refresh()))
                        .isPresent();
    }

    private void judge(XUser user, AccountId id) {
        AccountState state = stage.store().account(id).orElseThrow().state();
        Optional<Grant> kept = stage.store().grant(id);
        if (kept.isEmpty()) {
            if (!stage.wasDisconnected(id)) {
                fail("(d) the pair of " + user + " was deleted and nobody asked for it");
            }
            return;
        }
        if (isKept(user, id)) {
            if (!(state instanceof AccountState.Active)) {
                fail(user + " is alive at X and is " + state.label());
            }
            return;
        }
        if (!(state instanceof AccountState.NeedsReauthorization gone)) {
            fail("(e) " + user + " is lost and is " + state.label());
            return;
        }
        Cause cause = cause(user);
        if (cause == null) {
            fail("(e) " + user + " is lost and nothing explains it; the account says " + gone.cause());
            return;
        }
        stage.tally().count("lost: " + cause);
        Issue live = stage.x().of(user).live;
        boolean byRefresh = live != null && !live.byConsent && !live.byImport;
        if (byRefresh && cause.isLostAnswer() && !(gone.cause() instanceof LossCause.AnswerLost)) {
            fail("(e) " + user + " lost an answer (" + cause + ") and the account says " + gone.cause());
        }
    }

    /** Why the live pair is not the one that is kept. */
    private @Nullable Cause cause(XUser user) {
        ModelX.Standing standing = stage.x().of(user);
        Issue live = standing.live;
        if (live == null) {
            return standing.gone;
        }
        Cause missing = live.missing();
        if (missing != null) {
            return missing;
        }
        if (stage.clocksDisagree() && (live.byConsent || isOlderConsentKept(user, live))) {
            return Cause.CLOCKS_DISAGREE;
        }
        if (live.byConsent && stage.x().issues().stream().anyMatch(live::wasCrossedBy)) {
            return Cause.SIGN_INS_CROSSED;
        }
        return null;
    }

    /** Whether an older sign-in was put over the one that X has: processes order them by their clocks. */
    private boolean isOlderConsentKept(XUser user, Issue live) {
        return stage.store()
                .grant(stage.account(user))
                .flatMap(grant -> stage.x().issueOf(grant.tokens().refresh()))
                .filter(kept -> kept.family < live.family)
                .isPresent();
    }

    private void repeats(Issue issue, long generation) {
        AccountId id = stage.accounts().get(issue.user);
        if (id == null || issue.spansGenerations) {
            return;
        }
        if (issue.shown > 1 && issue.shown - 1 > issue.imports + stage.guardedRetries(id, generation)) {
            fail("(b) generation " + generation + " of " + issue.user + " was sent " + issue.shown
                    + " times and the journal names " + stage.guardedRetries(id, generation) + " repeats");
        }
    }

    private void fail(String what) {
        stage.loop().fail(what);
    }
}
