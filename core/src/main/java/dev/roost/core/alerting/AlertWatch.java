package dev.roost.core.alerting;

import dev.roost.core.KeeperHealth;
import dev.roost.core.Node;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at how everything stands, and has told what an operator should hear of. {@link #turn()} is to be called about every
 * ten seconds, by one thread at a time.
 */
public final class AlertWatch {
    private static final System.Logger LOG = System.getLogger(AlertWatch.class.getName());

    private final AlertBook book;
    private final WebhookStore webhooks;
    private final TokenEndpoint app;
    private final Supplier<KeeperHealth> health;
    private final AlertPolicy policy;
    private final Node node;
    private final InstantSource clock;
    private volatile Optional<Seen> seen = Optional.empty();

    /**
     * Watches the accounts of one app.
     *
     * @param app asked by a probe, which costs no grant, when nobody knows whether X still rejects the app
     * @param health how the engine of this process fares
     */
    public AlertWatch(
            AlertBook book,
            WebhookStore webhooks,
            TokenEndpoint app,
            Supplier<KeeperHealth> health,
            AlertPolicy policy,
            Node node,
            InstantSource clock) {
        this.book = book;
        this.webhooks = webhooks;
        this.app = app;
        this.health = health;
        this.policy = policy;
        this.node = node;
        this.clock = clock;
    }

    /**
     * What the newest turn saw.
     *
     * @param open the open alerts by type; types without one are left out
     * @param backlog of the outbox
     */
    public record Seen(Map<AlertType, Long> open, WebhookStore.Backlog backlog) {
        /** Copies the map. */
        public Seen {
            open = Map.copyOf(open);
        }
    }

    /** Returns what the newest turn saw; empty before the first. */
    public Optional<Seen> seen() {
        return seen;
    }

    /**
     * Looks once.
     *
     * @throws StoreUnavailableException if the store is away; nothing is forgotten by that
     */
    public AlertBook.Turn turn() {
        Instant now = clock.instant();
        lookAtApp(now);
        AlertBook.Turn turn = book.turn(app.clientId(), now, policy, node);
        seen = Optional.of(new Seen(book.count(app.clientId()), webhooks.backlog()));
        return turn;
    }

    private void lookAtApp(Instant now) {
        Optional<XAnswer> rejection = health.get().appRejected();
        if (rejection.isPresent()) {
            book.appRejected(app.clientId(), now, node, "X said " + rejection.get());
        } else if (book.isRejectionStale(app.clientId(), now, policy)) {
            judge(app.probe(), now);
        }
    }

    private void judge(Verdict verdict, Instant now) {
        switch (verdict) {
            case Verdict.GrantRefused v -> book.appAccepted(app.clientId(), now);
            case Verdict.Rotated v -> book.appAccepted(app.clientId(), now);
            case Verdict.AppRejected v -> book.appRejected(app.clientId(), now, node, "X said " + v.answer());
            case Verdict.Throttled v -> LOG.log(System.Logger.Level.DEBUG, "a probe was turned away: {0}", v.answer());
            case Verdict.NotSent v -> LOG.log(System.Logger.Level.DEBUG, "a probe was not sent: {0}", v.reason());
            case Verdict.Unknown v -> LOG.log(System.Logger.Level.DEBUG, "a probe was not answered: {0}", v.reason());
        }
    }
}
