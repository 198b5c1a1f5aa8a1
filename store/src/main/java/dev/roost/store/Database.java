package dev.roost.store;

import dev.roost.core.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which database, and how long to wait for it. */
public sealed interface Database {
    /** Returns its name for people: a file, or host and database. No credentials. */
    String label();

    /** Returns how many connections a process opens at most. */
    int connections();

    /**
     * One SQLite file, for one or several processes of one machine.
     *
     * @param file the database file; made when it does not exist
     * @param busyTimeout how long a call waits for another process that is writing, 1 ms to 1 h
     */
    record Sqlite(Path file, Duration busyTimeout) implements Database {
        private static final int READERS = 4;

        /** @throws IllegalArgumentException if the timeout is out of range */
        public Sqlite {
            Checks.within("busyTimeout", busyTimeout, Duration.ofMillis(1), Duration.ofHours(1));
        }

        /** Names a file, with a busy timeout of 5 s. */
        public static Sqlite at(Path file) {
            return new Sqlite(file, Duration.ofSeconds(5));
        }

        @Override
        public String label() {
            return "SQLite file " + file;
        }

        @Override
        public int connections() {
            return READERS;
        }
    }

    /**
     * One PostgreSQL database, version 12 or newer, for processes anywhere.
     *
     * @param hosts where it may be; of several, the one that takes writes is used, whichever it is at the time
     * @param name the database
     * @param user the role
     * @param password of the role; empty when the server asks for none
     * @param options connection parameters of the PostgreSQL JDBC driver, such as {@code sslmode}
     * @param connections how many connections at most, 1 to 1000
     * @param connectTimeout how long connecting may take, 250 ms to 1 h
     * @param answerTimeout how long the server may stay silent before it counts as stalled, 1 s to 1 h
     */
    record Postgres(
            List<Host> hosts,
            String name,
            String user,
            Optional<Secret> password,
            Map<String, String> options,
            int connections,
            Duration connectTimeout,
            Duration answerTimeout)
            implements Database {
        /**
         * A server.
         *
         * @param name its name or address
         * @param port its port, 1 to 65535
         */
        public record Host(String name, int port) {
            /** @throws IllegalArgumentException if the port is out of range */
            public Host {
                Checks.within("port", port, 1, 65_535);
            }

            @Override
            public String toString() {
                return name + ":" + port;
            }
        }

        /** @throws IllegalArgumentException if a number is out of range, or there is no host */
        public Postgres {
            hosts = List.copyOf(hosts);
            options = Map.copyOf(options);
            Checks.within("number of hosts", hosts.size(), 1, 100);
            Checks.within("connections", connections, 1, 1000);
            Checks.within("connectTimeout", connectTimeout, Duration.ofMillis(250), Duration.ofHours(1));
            Checks.within("answerTimeout", answerTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        }

        /**
         * Reads {@code postgresql://user:password@host:port/database?option=value}, the form of libpq, with several hosts if
         * there are commas between them; 10 connections, 3 s to connect to a host, 10 s to answer.
         *
         * @throws IllegalArgumentException if the text has another form; the message does not repeat it
         */
        public static Postgres parse(String url) {
            return PostgresUrl.parse(url);
        }

        @Override
        public String label() {
            return "PostgreSQL " + hosts.stream().map(Host::toString).collect(Collectors.joining(",")) + "/" + name;
        }

        /** Leaves out the options too, for a driver takes passwords there as well. */
        @Override
        public String toString() {
            return label();
        }
    }
}
