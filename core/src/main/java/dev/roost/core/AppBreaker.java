package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops all refreshes of an app that X rejects, since each would fail the same way, and finds out by a probe that costs
 * no grant when it works again. All processes on a store stop and go on together ({@link AppStates}), and one of them
 * probes; while the store is away, each does it by itself. Safe for many threads.
 */
final class AppBreaker {
    private static final System.Logger LOG = System.getLogger(AppBreaker.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration PROBE_LEASE = Duration.ofMinutes(1);
    /** How long what was read is believed while the feed would tell of anything else. */
    private static final Duration BELIEVED_FOR = Duration.ofSeconds(1);

    private final TokenEndpoint endpoint;
    private final World world;
    private final Peers peers;
    private final ReentrantLock probing = new ReentrantLock();
    private final ReentrantLock looking = new ReentrantLock();
    private final Object change = new Object();
    private volatile Optional<Rejection> rejection = Optional.empty();
    private volatile Optional<Long> lookedAt = Optional.empty();

    AppBreaker(TokenEndpoint endpoint, Peers peers, World world) {
        this.endpoint = endpoint;
        this.peers = peers;
        this.world = world;
        peers.feed().listen(this::hear);
    }

    /**
     * Why refreshes stand still.
     *
     * @param since when it was learnt or last confirmed, by the clock that never jumps
     * @param rest from then to the next probe
     * @param pause between the last two probes, which the next is twice as long as
     * @param isShared whether the store knows of it
     */
    record Rejection(XAnswer answer, long since, Duration rest, Duration pause, boolean isShared) {}

    /** Returns the rejection that stops refreshes; empty while the app works. */
    Optional<Rejection> rejection() {
        return rejection;
    }

    /** Returns about when the next probe is made. */
    Instant probeAt(Rejection rejection) {
        return world.clock().instant().plus(rejection.rest().minus(world.since(rejection.since())));
    }

    /** Notes that X rejected the app; the caller is to {@link #announce} it if this returns true. */
    boolean reject(XAnswer answer) {
        Rejection own = new Rejection(answer, world.nanoTime().getAsLong(), FIRST_PAUSE, FIRST_PAUSE, false);
        boolean opens = replaced(Optional.empty(), Optional.of(own));
        if (opens) {
            share(own);
        }
        return opens;
    }

    /** Tells that refreshes stand still from now on. */
    void announce(XAnswer answer) {
        world.tell(new EngineEvent.BreakerOpened(endpoint.clientId(), answer));
    }

    /**
     * Learns what other processes found out, makes one probe if it is due and nobody else is making one, and lets refreshes
     * go on if X accepts the app.
     */
    void tidy() {
        boolean believed = peers.feed().isCurrent()
                && lookedAt.filter(at -> world.since(at).compareTo(BELIEVED_FOR) < 0)
                        .isPresent();
        if (!believed) {
            look();
        }
        probeIfDue();
    }

    private void hear(ChangeFeed.Change news) {
        String app =
                switch (news) {
                    case ChangeFeed.Change.AppRejected rejected -> rejected.clientId();
                    case ChangeFeed.Change.AppWorks works -> works.clientId();
                    case ChangeFeed.Change.Rotated n -> "";
                    case ChangeFeed.Change.AccountChanged n -> "";
                    case ChangeFeed.Change.KeyChanged n -> "";
                };
        if (app.equals(endpoint.clientId())) {
            world.executor().execute(this::look);
        }
    }

    private boolean replaced(Optional<Rejection> known, Optional<Rejection> next) {
        synchronized (change) {
            boolean stands = known.equals(rejection);
            if (stands) {
                rejection = next;
            }
            return stands;
        }
    }

    private void share(Rejection own) {
        try {
            var _ = peers.apps().reject(endpoint.clientId(), own.answer(), world.node(), own.rest());
            var _ = replaced(
                    Optional.of(own),
                    Optional.of(new Rejection(own.answer(), own.since(), own.rest(), own.pause(), true)));
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "other processes are told later that X rejects the app", e);
        }
    }

    private void look() {
        looking.lock();
        try {
            Optional<Rejection> known = rejection;
            Optional<AppStates.Rejected> found = peers.apps().rejection(endpoint.clientId());
            lookedAt = Optional.of(world.nanoTime().getAsLong());
            if (found.isPresent()) {
                adopt(known, found.get());
            } else if (known.isPresent()) {
                shareOrEnd(known.get());
            }
        } catch (StoreUnavailableException e) {
            lookedAt = Optional.empty();
        } finally {
            looking.unlock();
        }
    }

    private void adopt(Optional<Rejection> known, AppStates.Rejected found) {
        Rejection next =
                new Rejection(found.answer(), world.nanoTime().getAsLong(), found.untilProbe(), found.pause(), true);
        if (replaced(known, Optional.of(next)) && known.isEmpty()) {
            announce(found.answer());
        }
    }

    private void shareOrEnd(Rejection known) {
        if (!known.isShared()) {
            share(known);
        } else if (replaced(Optional.of(known), Optional.empty())) {
            world.tell(new EngineEvent.BreakerClosed(endpoint.clientId()));
        }
    }

    private void probeIfDue() {
        Optional<Rejection> standing =
                rejection.filter(r -> world.since(r.since()).compareTo(r.rest()) >= 0);
        if (standing.isEmpty() || !probing.tryLock()) {
            return;
        }
        try {
            if (mayProbe()) {
                judge(endpoint.probe(), standing.get());
            }
        } finally {
            probing.unlock();
        }
    }

    private boolean mayProbe() {
        try {
            return peers.apps().takeProbe(endpoint.clientId(), world.node(), PROBE_LEASE);
        } catch (StoreUnavailableException e) {
            return true;
        }
    }

    private void judge(Verdict verdict, Rejection standing) {
        if (verdict instanceof Verdict.GrantRefused || verdict instanceof Verdict.Rotated) {
            tellOthers(() -> peers.apps().works(endpoint.clientId()));
            close();
            return;
        }
        Duration twice = standing.pause().multipliedBy(2);
        Duration pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        tellOthers(() -> peers.apps().stillRejected(endpoint.clientId(), world.node(), pause));
        synchronized (change) {
            rejection = rejection.map(
                    r -> new Rejection(r.answer(), world.nanoTime().getAsLong(), pause, pause, r.isShared()));
        }
    }

    private void close() {
        boolean was;
        synchronized (change) {
            was = rejection.isPresent();
            rejection = Optional.empty();
        }
        if (was) {
            world.tell(new EngineEvent.BreakerClosed(endpoint.clientId()));
        }
    }

    private static void tellOthers(Runnable note) {
        try {
            note.run();
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "what a probe brought is not told to other processes", e);
        }
    }
}
