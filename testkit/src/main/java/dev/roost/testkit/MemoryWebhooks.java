package dev.roost.testkit;

import dev.roost.core.Secret;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.DeadLetter;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Webhooks in memory, for tests of the doors: nothing is ever sent. Safe for many threads. */
public final class MemoryWebhooks implements WebhookStore {
    private final Map<String, Webhook> webhooks = new LinkedHashMap<>();
    private final Map<Long, DeadLetter> dead = new LinkedHashMap<>();
    private final List<Alert> sent = new ArrayList<>();

    /** Makes a delivery that was given up. */
    public synchronized void bury(DeadLetter letter) {
        dead.put(letter.id(), letter);
    }

    @Override
    public synchronized void add(Webhook webhook, Secret url, Secret secret) {
        webhooks.put(webhook.id(), webhook);
    }

    @Override
    public synchronized List<Webhook> all() {
        return List.copyOf(webhooks.values());
    }

    @Override
    public synchronized Optional<Webhook> find(String id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    @Override
    public synchronized boolean delete(String id) {
        dead.values().removeIf(letter -> letter.webhook().equals(id));
        return webhooks.remove(id) != null;
    }

    @Override
    public synchronized boolean rotate(String id, Secret fresh, Instant oldUntil) {
        return webhooks.computeIfPresent(id, (key, webhook) -> until(webhook, oldUntil)) != null;
    }

    @Override
    public synchronized boolean enable(String id) {
        return webhooks.containsKey(id);
    }

    @Override
    public synchronized boolean send(String id, Alert alert) {
        return webhooks.containsKey(id) && sent.add(alert);
    }

    @Override
    public synchronized List<DeadLetter> dead(Optional<String> webhook, OptionalLong before, int limit) {
        return dead.values().stream()
                .filter(letter -> webhook.isEmpty() || webhook.get().equals(letter.webhook()))
                .filter(letter -> letter.id() < before.orElse(Long.MAX_VALUE))
                .sorted(Comparator.comparingLong(DeadLetter::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean retry(long id) {
        return dead.remove(id) != null;
    }

    @Override
    public synchronized int retryAll(Optional<String> webhook) {
        int before = dead.size();
        dead.values().removeIf(letter -> webhook.isEmpty() || webhook.get().equals(letter.webhook()));
        return before - dead.size();
    }

    @Override
    public int forgetOldSecrets(Instant before) {
        return 0;
    }

    @Override
    public synchronized int forgetDead(Instant before) {
        int all = dead.size();
        dead.values().removeIf(letter -> !letter.deadAt().isAfter(before));
        return all - dead.size();
    }

    @Override
    public synchronized Backlog backlog() {
        return new Backlog(sent.size(), dead.size());
    }

    private static Webhook until(Webhook webhook, Instant oldUntil) {
        return new Webhook(
                webhook.id(),
                webhook.target(),
                webhook.types(),
                webhook.format(),
                webhook.description(),
                webhook.createdAt(),
                Optional.of(oldUntil),
                webhook.health(),
                webhook.pending(),
                webhook.dead());
    }
}
