package dev.roost.core.alerting;

import dev.roost.core.Secret;
import dev.roost.core.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Adds, changes and removes webhooks, for every door of Roost. Every method throws {@link StoreUnavailableException} when the
 * store does not answer. Safe for many threads.
 */
public final class Webhooks {
    /** How long the secret before the present one still signs, unless somebody says otherwise. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final int ID_LENGTH = 12;
    private static final String ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_DESCRIPTION = 100;
    private static final int MOST = 100;

    private final WebhookStore store;
    private final WebhookTargets targets;
    private final String node;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Works on this store.
     *
     * @param targets which addresses are allowed
     * @param node the process, for tests that it sends
     * @param random where secrets come from; must be unpredictable
     */
    public Webhooks(
            WebhookStore store, WebhookTargets targets, String node, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.targets = targets;
        this.node = node;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A new webhook.
     *
     * @param webhook what is known of it
     * @param secret {@code whsec_} and 32 bytes in Base64; this is the only time anybody sees it
     */
    public record Created(Webhook webhook, Secret secret) {}

    /**
     * Makes one. It is in the store when this returns, and hears of what happens from then on.
     *
     * @param url https with a public host, or what the settings allow; not longer than 2000 characters
     * @param types what is sent to it; empty: everything
     * @param description at most 100 printable characters; may be empty
     * @throws IllegalArgumentException if a value is not allowed; the message says what is, and does not repeat the address
     */
    public Created create(String url, Set<AlertType> types, WebhookFormat format, String description) {
        URI target = targets.check(url);
        String told = description.strip();
        if (told.length() > LONGEST_DESCRIPTION || told.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the description is not allowed; allowed: at most 100 characters, no control characters");
        }
        if (store.all().size() >= MOST) {
            throw new IllegalArgumentException("there are " + MOST + " webhooks already; delete one first");
        }
        Webhook webhook = new Webhook(
                "wh_" + letters(),
                WebhookTargets.shown(target),
                types,
                format,
                told,
                now(),
                Optional.empty(),
                new Webhook.Health(
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                0,
                0);
        Secret secret = newSecret();
        store.add(webhook, Secret.of(target.toString()), secret);
        return new Created(webhook, secret);
    }

    /** Returns all, in the order in which they were made. */
    public List<Webhook> all() {
        return store.all();
    }

    /** Returns one. */
    public Optional<Webhook> find(String id) {
        return store.find(id);
    }

    /** Deletes one with all its deliveries; false when there is none. */
    public boolean delete(String id) {
        return store.delete(id);
    }

    /** Takes one into use again that was disabled; false when there is none. */
    public boolean enable(String id) {
        return store.enable(id);
    }

    /**
     * Gives one a new secret; until the overlap is over deliveries carry two signatures.
     *
     * @param overlap zero (the old secret is worth nothing at once) to 30 days
     * @return the new secret, this once; empty when there is no such webhook
     * @throws IllegalArgumentException if the overlap is not allowed
     */
    public Optional<Secret> rotate(String id, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new IllegalArgumentException("the overlap is " + overlap + "; allowed: PT0S to P30D");
        }
        Secret fresh = newSecret();
        return store.rotate(id, fresh, now().plus(overlap)) ? Optional.of(fresh) : Optional.empty();
    }

    /**
     * Sends a test, also to one that is disabled or did not ask for tests. A running server delivers it within about a second.
     *
     * @return the id of the alert; empty when there is no such webhook
     */
    public Optional<String> test(String id) {
        Alert alert = new Alert(
                "msg_test-" + letters(),
                AlertType.TEST,
                now(),
                Optional.empty(),
                "",
                node,
                Optional.empty(),
                "",
                List.of());
        return store.send(id, alert) ? Optional.of(alert.id()) : Optional.empty();
    }

    /** Returns deliveries that were given up, the newest first; of one webhook or (empty) of all. */
    public List<DeadLetter> failed(Optional<String> webhook, OptionalLong before, int limit) {
        return store.dead(webhook, before, limit);
    }

    /** Sends one again that was given up; false when there is none with this number. */
    public boolean retry(long id) {
        return store.retry(id);
    }

    /** Sends all again that were given up, of one webhook or (empty) of all; returns how many. */
    public int retryAll(Optional<String> webhook) {
        return store.retryAll(webhook);
    }

    private Secret newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Secret.of("whsec_" + Base64.getEncoder().encodeToString(bytes));
    }

    private String letters() {
        StringBuilder text = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            text.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        return text.toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
