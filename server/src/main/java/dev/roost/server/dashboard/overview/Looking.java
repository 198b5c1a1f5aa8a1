package dev.roost.server.dashboard.overview;

import dev.roost.core.AccountFigures;
import dev.roost.core.KeeperHealth;
import dev.roost.core.overview.Standing;
import dev.roost.server.dashboard.accounts.StateWords;
import dev.roost.server.dashboard.chart.Numbers;
import dev.roost.server.dashboard.frame.When;
import dev.roost.server.dashboard.overview.View.Budget;
import dev.roost.server.dashboard.overview.View.Concern;
import dev.roost.server.dashboard.overview.View.Light;
import dev.roost.server.dashboard.overview.View.Tile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts what was read into words, for one moment. */
record Looking(Glance glance, Instant now) {
    private static final String LIST = "/dashboard/accounts?state=";
    /** What the token-refresh guide asks for. */
    private static final double WANTED = 0.99;

    View view() {
        Optional<AccountFigures> figures = glance.standing().figures();
        List<Concern> concerns = concerns(figures);
        boolean hasAccounts = figures.map(
                        f -> f.active() + f.uncertain() + f.needsReauthorization() + f.disconnected() > 0)
                .orElse(true);
        String tone = concerns.isEmpty() ? "good" : concerns.getFirst().tone();
        return new View(
                verdict(figures, concerns),
                tone,
                concerns,
                figures.map(this::tiles).orElse(List.of()),
                lights(figures),
                glance.standing().readAt().map(this::when),
                glance.day().map(steps -> success(History.of(steps, now))),
                glance.day().map(steps -> latency(History.of(steps, now))),
                glance.upcoming().map(Looking::due),
                glance.month().map(Looking::budget),
                hasAccounts);
    }

    private static String verdict(Optional<AccountFigures> figures, List<Concern> concerns) {
        if (figures.isEmpty()) {
            return "The store has not answered yet";
        }
        if (!concerns.isEmpty()) {
            return concerns.getFirst().tone().equals("bad") ? "Something needs attention" : "Mostly well";
        }
        long living = figures.get().active();
        return living == 0 ? "Nothing to keep yet" : "All is well";
    }

    private List<Concern> concerns(Optional<AccountFigures> figures) {
        List<Concern> concerns = new ArrayList<>();
        if (!glance.standing().isStoreUp()) {
            concerns.add(new Concern(
                    "store",
                    "The store does not answer. Tokens are served from memory meanwhile, and these figures may be old.",
                    "",
                    "bad"));
        }
        glance.standing().health().ifPresent(health -> {
            health.appRejected()
                    .ifPresent(answer -> concerns.add(new Concern(
                            "app",
                            "X rejects the app (" + answer
                                    + "). All refreshes wait, and no token is spent: mend client id and" + " secret.",
                            "",
                            "bad")));
            if (health.spooled() > 0) {
                concerns.add(new Concern(
                        "spool",
                        Numbers.count(health.spooled(), "answer of X waits", "answers of X wait")
                                + " on disk for the store.",
                        "",
                        "bad"));
            }
        });
        figures.ifPresent(known -> concern(known, concerns));
        glance.month()
                .filter(losses -> !losses.isKept())
                .ifPresent(losses -> concerns.add(new Concern(
                        "losses",
                        Numbers.count(losses.lost(), "grant was", "grants were")
                                + " lost within 28 days because an answer of X was; that is more than the budget.",
                        "",
                        "wait")));
        return concerns;
    }

    private static void concern(AccountFigures figures, List<Concern> concerns) {
        if (figures.quarantined() > 0) {
            concerns.add(new Concern(
                    "quarantine",
                    Numbers.count(figures.quarantined(), "account is", "accounts are")
                            + " not refreshed, for the database was restored and their tokens may be spent; see: roost"
                            + " quarantine show",
                    "",
                    "bad"));
        }
        if (figures.needsReauthorization() > 0) {
            concerns.add(new Concern(
                    "sign-in",
                    Numbers.count(figures.needsReauthorization(), "account waits", "accounts wait")
                            + " for a person to sign in again.",
                    LIST + "needs_reauthorization",
                    "bad"));
        }
        if (figures.expiringSoon() > 0) {
            concerns.add(new Concern(
                    "expiry",
                    Numbers.count(figures.expiringSoon(), "access token has", "access tokens have")
                            + " less than 5 minutes left.",
                    LIST + "active&sort=expiry",
                    "wait"));
        }
        if (figures.uncertain() > 0) {
            concerns.add(new Concern(
                    "uncertain",
                    Numbers.count(figures.uncertain(), "refresh is", "refreshes are")
                            + " without an answer; Roost will ask X again by itself.",
                    LIST + "uncertain",
                    "wait"));
        }
    }

    private List<Tile> tiles(AccountFigures figures) {
        String soon = figures.expiringSoon() == 0
                ? "no token runs out soon"
                : Numbers.count(figures.expiringSoon(), "token", "tokens") + " under 5 min";
        return List.of(
                tile(Standing.ACTIVE, figures.active(), soon, "good"),
                tile(
                        Standing.UNCERTAIN,
                        figures.uncertain(),
                        "an answer of X is missing",
                        figures.uncertain() > 0 ? "wait" : "idle"),
                tile(
                        Standing.NEEDS_REAUTHORIZATION,
                        figures.needsReauthorization(),
                        "a person has to act",
                        figures.needsReauthorization() > 0 ? "bad" : "idle"),
                tile(Standing.DISCONNECTED, figures.disconnected(), "taken out, tokens deleted", "idle"));
    }

    /** A state has one name, here and on the list. */
    private static Tile tile(Standing state, long count, String note, String tone) {
        return new Tile(
                state.label(), StateWords.of(state).label(), Numbers.count(count), note, LIST + state.label(), tone);
    }

    private List<Light> lights(Optional<AccountFigures> figures) {
        List<Light> lights = new ArrayList<>();
        boolean isUp = glance.standing().isStoreUp();
        lights.add(light("Store", isUp ? "answers" : "does not answer", isUp ? "good" : "bad"));
        Optional<KeeperHealth> health = glance.standing().health();
        lights.add(health.map(known -> known.appRejected().isPresent()
                        ? light("X and the app", "X rejects the app", "bad")
                        : light("X and the app", "accepted", "good"))
                .orElseGet(() -> light("X and the app", "not known yet", "idle")));
        lights.add(health.map(known -> known.spooled() > 0
                        ? light("Spool", Numbers.count(known.spooled(), "answer waits", "answers wait"), "bad")
                        : light("Spool", "empty", "good"))
                .orElseGet(() -> light("Spool", "not known yet", "idle")));
        lights.add(health.map(known -> light("Refreshes under way here", Numbers.count(known.underWay()), "idle"))
                .orElseGet(() -> light("Refreshes under way here", "not known yet", "idle")));
        lights.add(figures.map(known -> light(
                        "Refresh tokens noted as sent",
                        Numbers.count(known.openIntents()),
                        known.uncertain() > 0 ? "wait" : "idle"))
                .orElseGet(() -> light("Refresh tokens noted as sent", "not known yet", "idle")));
        lights.add(figures.flatMap(AccountFigures::earliestExpiry)
                .map(expiry -> new Light(
                        "First access token runs out",
                        "",
                        expiry.isBefore(now.plus(AccountFigures.SOON)) ? "wait" : "idle",
                        Optional.of(when(expiry))))
                .orElseGet(() -> light("First access token runs out", "there is none", "idle")));
        return lights;
    }

    private static Light light(String name, String text, String tone) {
        return new Light(name, text, tone, Optional.empty());
    }

    private static View.Success success(History history) {
        long ended = history.ended();
        if (ended == 0) {
            return new View.Success("–", "idle", "No refresh in the last 24 hours.", Optional.empty());
        }
        long failed = ended - history.rotated();
        double share = (double) history.rotated() / ended;
        return new View.Success(
                Numbers.percent(share),
                share > WANTED ? "good" : "bad",
                Numbers.count(ended, "refresh", "refreshes") + ", " + (failed == 0 ? "none" : Numbers.count(failed))
                        + " without success",
                Optional.of(Charts.success(history)));
    }

    private static View.Latency latency(History history) {
        return history.ended() == 0
                ? new View.Latency("–", "–", Optional.empty())
                : new View.Latency(
                        Numbers.millis(history.quantile(0.5)),
                        Numbers.millis(history.quantile(0.99)),
                        Optional.of(Charts.latency(history)));
    }

    private static View.Due due(Glance.Upcoming upcoming) {
        long all = upcoming.counts().stream().mapToLong(n -> n).sum();
        return new View.Due(Numbers.count(all), all == 0 ? Optional.empty() : Optional.of(Charts.upcoming(upcoming)));
    }

    private static Budget budget(Losses losses) {
        String lost = losses.lost() == 0
                ? "In none of " + Numbers.count(losses.rotations(), "rotation", "rotations") + " was a grant lost."
                : "In " + Numbers.count(losses.lost()) + " of "
                        + Numbers.count(losses.rotations(), "rotation", "rotations") + " a grant was lost.";
        if (losses.rotations() == 0) {
            return new Budget("–", "idle", "No rotation in the last 28 days.", "Nothing to reckon yet.", "0");
        }
        String left = losses.allowed() == 0
                ? "At " + Losses.OBJECTIVE + " the budget is no loss at all until there are 10,000 rotations."
                : "At " + Losses.OBJECTIVE + " the budget is " + Numbers.count(losses.allowed(), "loss", "losses")
                        + "; " + (losses.left() < 0 ? "it is overspent." : Numbers.count(losses.left()) + " left.");
        double filled = losses.allowed() == 0
                ? losses.lost() == 0 ? 100 : 0
                : Math.max(0, losses.left() * 100.0 / losses.allowed());
        return new Budget(
                Numbers.percent(losses.share()),
                losses.isKept() ? "good" : "bad",
                lost,
                left,
                Long.toString(Math.round(filled)));
    }

    private When when(Instant at) {
        return new When(at, now);
    }
}
