package dev.roost.server.alerting;

import dev.roost.core.Node;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.World;
import dev.roost.core.alerting.Delivery;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Delivers what waits in the outbox, for as long as the process lives. A slow webhook holds up no other: each has four hands at
 * most. {@link #turn()} may be called by hand instead of {@link #start()}. Safe for many threads.
 */
public final class Dispatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final Duration REST = Duration.ofSeconds(1);
    /** Longer than an attempt and its note may take, or another process would send the same at once. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration LAST_DELIVERIES = Duration.ofSeconds(3);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(2);
    private static final int HANDS = 4;
    private static final int NOTES = 10;

    private final Outbox outbox;
    private final Courier courier;
    private final Node node;
    private final World.Sleeper sleeper;
    private final Consumer<DeliveryEnding> listener;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentMap<String, Semaphore> hands = new ConcurrentHashMap<>();
    private final Set<String> skipped = ConcurrentHashMap.newKeySet();
    private final Semaphore wakeUps = new Semaphore(0);
    private final Phaser underWay = new Phaser(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean closed;
    private volatile boolean abandoned;
    private boolean storeAway;

    /**
     * Delivers by this courier.
     *
     * @param node the process
     * @param listener hears how each attempt ended, after that is noted; it should be quick
     */
    public Dispatcher(
            Outbox outbox, Courier courier, Node node, World.Sleeper sleeper, Consumer<DeliveryEnding> listener) {
        this.outbox = outbox;
        this.courier = courier;
        this.node = node;
        this.sleeper = sleeper;
        this.listener = listener;
    }

    /** Starts taking turns. */
    public void start() {
        underWay.register();
        executor.execute(this::run);
    }

    /**
     * Takes what may be sent now, and sends it.
     *
     * @return the attempts that were begun
     * @throws StoreUnavailableException if the store is away
     */
    public List<CompletableFuture<DeliveryEnding>> turn() {
        List<CompletableFuture<DeliveryEnding>> begun = new ArrayList<>();
        for (String webhook : outbox.due()) {
            try {
                begun.addAll(beginFor(webhook));
                skipped.remove(webhook);
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                skip(webhook, e);
            }
        }
        return begun;
    }

    private List<CompletableFuture<DeliveryEnding>> beginFor(String webhook) {
        Semaphore free = hands.computeIfAbsent(webhook, id -> new Semaphore(HANDS));
        int taken = free.drainPermits();
        if (taken == 0) {
            return List.of();
        }
        List<Delivery> claimed = List.of();
        try {
            claimed = outbox.claim(webhook, node, taken, LEASE);
        } finally {
            free.release(taken - claimed.size());
        }
        return claimed.stream().map(delivery -> begin(delivery, free)).toList();
    }

    /** One whose row cannot be used holds up no other. */
    private void skip(String webhook, RuntimeException why) {
        if (skipped.add(webhook)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "nothing is sent to webhook {0} until this is mended: {1}",
                    webhook,
                    why.getMessage());
        }
    }

    private CompletableFuture<DeliveryEnding> begin(Delivery delivery, Semaphore free) {
        underWay.register();
        return CompletableFuture.supplyAsync(() -> deliver(delivery), executor).whenComplete((ending, failure) -> {
            free.release();
            underWay.arriveAndDeregister();
            wakeUps.release();
            if (failure != null) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "a delivery failed in a way it should not; it is tried again",
                        failure);
            }
        });
    }

    private DeliveryEnding deliver(Delivery delivery) {
        DeliveryEnding ending = courier.attempt(delivery);
        // What is broken off at the end of the process is no failure of the webhook.
        if (!abandoned || ending instanceof DeliveryEnding.Arrived) {
            note(delivery, ending);
            listener.accept(ending);
        }
        return ending;
    }

    /** While the store is away this is tried again; what is never noted is sent again, with the same id. */
    private void note(Delivery delivery, DeliveryEnding ending) {
        for (int i = 1; i <= NOTES; i++) {
            try {
                if (!outbox.note(delivery, ending)) {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "what became of {0} was noted by another process",
                            delivery.alert().id());
                }
                return;
            } catch (StoreUnavailableException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "what became of {0} is not noted yet: {1}",
                        delivery.alert().id(),
                        e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            sleeper.sleep(STORE_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                safeTurn();
                rest();
            }
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    private void safeTurn() {
        try {
            var _ = turn();
            storeAway = false;
        } catch (StoreUnavailableException e) {
            if (!storeAway) {
                LOG.log(System.Logger.Level.WARNING, "no webhook is sent while the store is away: {0}", e.getMessage());
            }
            storeAway = true;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a turn of the webhooks failed; the next one follows", e);
        }
    }

    private void rest() {
        try {
            if (wakeUps.tryAcquire(REST.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Begins nothing more, and waits up to 3 seconds for what is under way. What is not noted by then is sent again later. */
    @Override
    public void close() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        closed = true;
        wakeUps.release();
        int phase = underWay.arriveAndDeregister();
        try {
            var _ = underWay.awaitAdvanceInterruptibly(phase, LAST_DELIVERIES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandoned = true;
            LOG.log(System.Logger.Level.WARNING, "a webhook was still being sent; it is sent again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }
}
