package dev.roost.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens on a connection of its own ({@code LISTEN}), which it opens again whenever it fails. That it hears is proved by a beat
 * each second, which goes the way of all statements and has to come back here: a dead listener, a connection that is half
 * open, and a pooler that hands connections around between transactions are all found out by that. Safe for many threads.
 */
final class PostgresFeed implements StoreFeed {
    private static final Logger LOG = System.getLogger(PostgresFeed.class.getName());
    private static final Duration BEAT = Duration.ofMillis(800);
    private static final Duration CURRENT_FOR = Duration.ofSeconds(2);
    private static final Duration DEAF_AFTER = Duration.ofSeconds(4);
    private static final Duration FIRST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(15);
    private static final int WAIT_MILLIS = 200;
    private static final int BEAT_BYTES = 8;

    private final DataSource source;
    private final Herald herald;
    private final LongSupplier nanoTime;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong keys = new AtomicLong(UNKNOWN + 1);
    private final Thread listening =
            Thread.ofPlatform().daemon().name("roost-changes").unstarted(this::listenForever);
    private final Thread beating =
            Thread.ofPlatform().daemon().name("roost-beats").unstarted(this::beatForever);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile Optional<Beat> sent = Optional.empty();
    private volatile Optional<Long> provenAt = Optional.empty();
    private volatile boolean connected;
    private volatile boolean closed;

    PostgresFeed(Database.Postgres database, Herald herald, LongSupplier nanoTime) {
        this.source = Sources.listening(database);
        this.herald = herald;
        this.nanoTime = nanoTime;
    }

    /** A text that nobody else knows, and when it was sent: what was durable then has been heard once this has. */
    private record Beat(String text, long at) {}

    @Override
    public void start() {
        if (started.compareAndSet(false, true)) {
            listening.start();
            beating.start();
        }
    }

    @Override
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    @Override
    public boolean isCurrent() {
        Optional<Long> proven = provenAt;
        return proven.isPresent() && nanoTime.getAsLong() - proven.get() < CURRENT_FOR.toNanos();
    }

    @Override
    public long keysVersion() {
        return isCurrent() ? keys.get() : UNKNOWN;
    }

    @Override
    public void close() {
        closed = true;
        listening.interrupt();
        beating.interrupt();
    }

    private void listenForever() {
        Duration rest = FIRST_REST;
        while (!closed) {
            boolean heard = listenOnce();
            rest = heard ? FIRST_REST : rest;
            LockSupport.parkNanos(rest.toNanos());
            Duration twice = rest.multipliedBy(2);
            rest = twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
        }
    }

    /** Listens until the connection fails; tells whether any beat was heard on it. */
    private boolean listenOnce() {
        boolean heard = false;
        try (Connection connection = source.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + ChangeText.CHANNEL);
            }
            // What changed while nobody listened was not heard.
            keys.incrementAndGet();
            connected = true;
            LockSupport.unpark(beating);
            hearFrom(connection.unwrap(PGConnection.class));
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "the connection for news of other processes failed; another follows", e);
        } finally {
            heard = provenAt.isPresent();
            connected = false;
            provenAt = Optional.empty();
            sent = Optional.empty();
        }
        return heard;
    }

    private void hearFrom(PGConnection connection) throws SQLException {
        long since = nanoTime.getAsLong();
        while (!closed && nanoTime.getAsLong() - provenAt.orElse(since) < DEAF_AFTER.toNanos()) {
            PGNotification[] notices = connection.getNotifications(WAIT_MILLIS);
            if (notices != null) {
                for (PGNotification notice : notices) {
                    hear(notice.getParameter());
                }
            }
        }
    }

    private void hear(String text) {
        Optional<Beat> beat = sent.filter(known -> known.text().equals(text));
        if (beat.isPresent()) {
            provenAt = beat.map(Beat::at);
        } else {
            ChangeText.parse(text).forEach(this::tell);
        }
    }

    private void tell(Change change) {
        if (change instanceof Change.KeyChanged) {
            keys.incrementAndGet();
        }
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "somebody could not take the news of another process", e);
            }
        }
    }

    private void beatForever() {
        while (!closed) {
            if (connected) {
                beat();
            }
            LockSupport.parkNanos(BEAT.toNanos());
        }
    }

    private void beat() {
        byte[] bytes = new byte[BEAT_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        Beat beat = new Beat("b " + HexFormat.of().formatHex(bytes), nanoTime.getAsLong());
        sent = Optional.of(beat);
        try {
            herald.tellNow(beat.text());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "no proof that news of other processes are heard: the database does not take any", e);
        }
    }
}
