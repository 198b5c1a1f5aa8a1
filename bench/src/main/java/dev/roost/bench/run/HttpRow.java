package dev.roost.bench.run;

import dev.roost.core.AccountId;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Token reads over HTTP, beside nginx and bare Jetty that give the very same answer. A token in
 * memory is answered by the thread that read the request, so bare Jetty answers in the same way, too. */
final class HttpRow {
    private static final int CONNECTIONS = 64;
    private static final int POSTGRES = 0;
    private static final int SQLITE = 1;
    private static final int NGINX = 2;
    private static final int BARE = 3;
    private static final int BARE_WAITING = 4;
    private static final int LONGEST_WARM_UP = 15;
    /** Two rounds in a row that bring no more than this are taken for the end of warming up. */
    private static final double STILL_WARMING = 1.03;

    private HttpRow() {}

    /** What is asked. */
    private record Place(URI address, String key) {}

    static List<Figure> measure(Site site) throws Exception {
        Path onPostgres = site.folder("http-postgres");
        Path onSqlite = site.folder("http-sqlite");
        PostgresServer postgres = site.postgres();
        String url = postgres.newDatabase("http");
        Account first = prepare(Database.Postgres.parse(url), onPostgres);
        Account second = prepare(Database.Sqlite.at(onSqlite.resolve("roost.db")), onSqlite);
        try (Serve postgresServe = Serve.start(onPostgres, Map.of("ROOST_DATABASE_URL", postgres.jdbc("http")));
                Serve sqliteServe = Serve.start(onSqlite, Map.of())) {
            Place postgresPlace = new Place(postgresServe.token(first.id()), first.key());
            Answer answer = Answer.of(postgresPlace.address(), postgresPlace.key());
            try (Server nginx = nginx(site, answer);
                    Server bare = bare(site, answer, BareJetty.AT_ONCE);
                    Server waiting = bare(site, answer, BareJetty.WAITING)) {
                List<Rounds.Turn<Wrk.Seen>> turns = List.of(
                        turn(site, postgresPlace),
                        turn(site, new Place(sqliteServe.token(second.id()), second.key())),
                        turn(site, new Place(nginx.uri(), first.key())),
                        turn(site, new Place(bare.uri(), first.key())),
                        turn(site, new Place(waiting.uri(), first.key())));
                for (Rounds.Turn<Wrk.Seen> turn : turns) {
                    warmUp(turn);
                }
                Rounds<Wrk.Seen> rounds = Rounds.of(site.rounds(), turns);
                return figures(rounds);
            }
        }
    }

    /** A server is fast once its code was compiled twice, which takes long on a machine that is busy with other things. */
    private static void warmUp(Rounds.Turn<Wrk.Seen> turn) throws Exception {
        double best = 0;
        int flat = 0;
        for (int i = 0; i < LONGEST_WARM_UP && flat < 2; i++) {
            double rate = turn.take().rate();
            flat = rate < best * STILL_WARMING ? flat + 1 : 0;
            best = Math.max(best, rate);
        }
    }

    private static List<Figure> figures(Rounds<Wrk.Seen> rounds) {
        List<Figure> figures = new ArrayList<>();
        for (int store : List.of(POSTGRES, SQLITE)) {
            String reads = "token reads over HTTP, " + (store == POSTGRES ? "PostgreSQL" : "SQLite");
            String slow = reads + ", p99";
            ToDoubleFunction<Wrk.Seen> rate = Wrk.Seen::rate;
            figures.add(rounds.figure(reads, "/s", store, "nginx, constant", NGINX, rate, Target.atLeast(0.4)));
            figures.add(rounds.figure(reads, "/s", store, "bare Jetty", BARE, rate, Target.atLeast(0.85)));
            figures.add(rounds.figure(
                    reads, "/s", store, "bare Jetty on virtual threads", BARE_WAITING, rate, Target.NONE));
            figures.add(rounds.figure(reads + ", p50", "ms", store, "bare Jetty", BARE, Wrk.Seen::p50, Target.NONE));
            figures.add(rounds.figure(slow, "ms", store, "bare Jetty", BARE, Wrk.Seen::p99, Target.atMost(1.5)));
            figures.add(rounds.figure(slow, "ms", store, "nginx, constant", NGINX, Wrk.Seen::p99, Target.NONE));
        }
        return figures;
    }

    private static Rounds.Turn<Wrk.Seen> turn(Site site, Place place) {
        return () ->
                Wrk.run(place.address(), place.key(), CONNECTIONS, site.round(), Optional.empty(), site.log("wrk"));
    }

    /** What reads a token. */
    private record Account(AccountId id, String key) {}

    private static Account prepare(Database database, Path data) {
        try (RoostStore store = RoostStore.open(database, data.resolve("keyset.json"), InstantSource.system())) {
            return new Account(RecordRows.connect(store.tokens(), 1).getFirst(), Serve.key(store));
        }
    }

    /** A server of a baseline. */
    private record Server(Child process, URI uri) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            process.close();
        }
    }

    private static Server nginx(Site site, Answer answer) throws Exception {
        int port = Child.freePort();
        Path folder = site.folder("nginx");
        StringBuilder headers = new StringBuilder();
        answer.headers().forEach((name, value) -> {
            if (!"content-type".equalsIgnoreCase(name)) {
                headers.append("add_header ")
                        .append(name)
                        .append(" '")
                        .append(value.replace("'", "\\'"))
                        .append("';");
            }
        });
        Path file = folder.resolve("nginx.conf");
        var _ = Files.writeString(file, """
                daemon off;
                worker_processes auto;
                pid FOLDER/nginx.pid;
                error_log FOLDER/error.log;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  server_tokens off;
                  keepalive_requests 1000000000;
                  client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy; fastcgi_temp_path FOLDER/fastcgi;
                  uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi;
                  default_type 'TYPE';
                  server { listen 127.0.0.1:PORT backlog=1024; location / { HEADERS return 200 'BODY'; } }
                }
                """.replace("FOLDER", folder.toString())
                .replace("PORT", Integer.toString(port))
                .replace("TYPE", answer.headers().getOrDefault("content-type", "application/json"))
                .replace("HEADERS", headers)
                .replace("BODY", answer.body().replace("'", "\\'")));
        Child process = Child.start(
                List.of(Wrk.program("nginx"), "-p", folder.toString(), "-c", file.toString()),
                Map.of(),
                site.log("nginx"));
        return answering(process, port);
    }

    private static Server bare(Site site, Answer answer, String kind) throws Exception {
        int port = Child.freePort();
        Path file = site.folder("bare-" + kind).resolve("answer.json");
        BareJetty.keep(answer, file);
        return answering(
                Child.java(
                        List.of(),
                        BareJetty.class,
                        List.of(Integer.toString(port), file.toString(), kind),
                        site.log("bare")),
                port);
    }

    private static Server answering(Child process, int port) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/");
        return new Server(process.awaitAnswer(uri), uri);
    }
}
