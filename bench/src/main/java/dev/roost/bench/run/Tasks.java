package dev.roost.bench.run;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** db-scheduler with one-time tasks that do nothing. For one thread. */
final class Tasks implements AutoCloseable {
    private static final String DATABASE = "tasks";
    /** The table of its documentation, with the indexes that these tasks use. */
    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
                task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BYTEA,
                execution_time TIMESTAMPTZ NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT, last_success TIMESTAMPTZ,
                last_failure TIMESTAMPTZ, consecutive_failures INT, last_heartbeat TIMESTAMPTZ, version BIGINT NOT NULL,
                priority SMALLINT, PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            """;

    private static final String FILL =
            "TRUNCATE scheduled_tasks; INSERT INTO scheduled_tasks (task_name, task_instance,"
                    + " execution_time, picked, version) SELECT 'nothing', n::text, now(), false, 1 FROM generate_series(1, MANY) n;"
                    + " ANALYZE scheduled_tasks";

    /**
     * How it is set up.
     *
     * @param threads that run tasks
     * @param lower with so many tasks waiting, as a share of the threads, more are fetched
     * @param upper up to so many
     * @param connections of its pool
     */
    record Setting(int threads, double lower, double upper, int connections) {}

    /** Those of its published measurements, with a pool as large as Roost's and with one connection for each thread. */
    static final List<Setting> SETTINGS = List.of(
            new Setting(10, 4, 20, 12),
            new Setting(20, 4, 20, 10),
            new Setting(20, 4, 20, 24),
            new Setting(50, 0.5, 4, 54),
            new Setting(100, 2, 6, 104));

    private final PostgresServer server;
    private final int many;
    private final LongAdder done = new LongAdder();

    private Tasks(PostgresServer server, int many) {
        this.server = server;
        this.many = many;
    }

    static Tasks make(PostgresServer server, int many) throws SQLException {
        var _ = server.newDatabase(DATABASE);
        server.execute(DATABASE, TABLE);
        return new Tasks(server, many);
    }

    /** Tries all settings for a while, and returns the fastest. */
    Setting best(Duration time) throws Exception {
        Setting best = SETTINGS.getFirst();
        double most = 0;
        var _ = rate(best, time);
        for (Setting setting : SETTINGS) {
            double rate = rate(setting, time);
            Site.say("db-scheduler with " + setting + ": " + Report.number(rate) + "/s");
            if (rate > most) {
                most = rate;
                best = setting;
            }
        }
        return best;
    }

    /** Returns the tasks run in a second, from the first until time or work is over. */
    double rate(Setting setting, Duration time) throws Exception {
        server.execute(DATABASE, FILL.replace("MANY", Integer.toString(many)));
        done.reset();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbc(DATABASE));
        config.setMaximumPoolSize(setting.connections());
        OneTimeTask<Void> nothing = com.github.kagkarlsson.scheduler.task.helper.Tasks.oneTime("nothing")
                .execute((instance, context) -> done.increment());
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Scheduler scheduler = Scheduler.create(pool, nothing)
                    .threads(setting.threads())
                    .pollUsingLockAndFetch(setting.lower(), setting.upper())
                    .pollingInterval(Duration.ofMillis(100))
                    .shutdownMaxWait(Duration.ofSeconds(5))
                    .build();
            scheduler.start();
            try {
                return count(time);
            } finally {
                scheduler.stop();
            }
        }
    }

    private double count(Duration time) throws InterruptedException {
        while (done.sum() == 0) {
            Thread.sleep(1);
        }
        long before = done.sum();
        long begin = System.nanoTime();
        long now = begin;
        while (now < begin + time.toNanos() && done.sum() < many) {
            Thread.sleep(2);
            now = System.nanoTime();
        }
        return (done.sum() - before) / ((now - begin) / 1e9);
    }

    @Override
    public void close() throws SQLException {
        server.execute("postgres", "DROP DATABASE " + DATABASE + " WITH (FORCE)");
    }
}
