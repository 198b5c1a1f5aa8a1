package dev.roost.proof.chaos;

import dev.roost.simulator.LedgerToken;
import dev.roost.simulator.Simulator;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs that ask for tokens, check each against X, report refused ones, and post, until they are closed. */
final class Callers implements AutoCloseable {
    static final String READ_OK = "read: accepted by X";
    static final String READ_REFUSED = "read: refused by X";
    static final String READ_NOTHING = "read: no token within the deadline";
    static final String MISS = "miss: ";
    static final String READ_EXCUSED = "excused: ";
    static final String NOBODY_THERE = "no node could be asked, all were dead, paused or cut off from callers";
    private static final Duration ATTEMPT = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration POST_ATTEMPT = Duration.ofSeconds(10);
    private static final Duration POST_DEADLINE = Duration.ofSeconds(20);
    private static final Pattern TOKEN = Pattern.compile("\"accessToken\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern GENERATION = Pattern.compile("\"generation\"\\s*:\\s*(\\d+)");
    private static final Pattern POST_ID = Pattern.compile("\"id\"\\s*:\\s*\"(\\d+)\"");
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"(\\w+)\"");
    private static final UnaryOperator<HttpRequest.Builder> GET = HttpRequest.Builder::GET;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("caller-", 0).factory());
    /** The ids of posts that Roost called confirmed, by their text. */
    private final ConcurrentHashMap<String, String> confirmed = new ConcurrentHashMap<>();

    private final List<Person> people;
    private final Balancer balancer;
    private final Simulator x;
    private final Disturbances disturbances;
    private final Tally tally;
    private volatile boolean over;

    Callers(List<Person> people, Balancer balancer, Simulator x, Disturbances disturbances, Tally tally) {
        this.people = people;
        this.balancer = balancer;
        this.x = x;
        this.disturbances = disturbances;
        this.tally = tally;
    }

    /** Starts so many readers, which ask about 50 times a second each, and so many who post 10 times a second. */
    void start(int readers, int posters) {
        for (int i = 0; i < readers; i++) {
            threads.execute(() -> again(this::read, 20));
        }
        for (int i = 0; i < posters; i++) {
            int who = i;
            int[] number = {0};
            threads.execute(() -> again(() -> post("post " + who + "." + number[0]++), 100));
        }
    }

    ConcurrentHashMap<String, String> confirmed() {
        return confirmed;
    }

    private void again(Runnable work, int pauseMillis) {
        while (!over) {
            try {
                work.run();
            } catch (RuntimeException e) {
                tally.count("chaos itself failed");
                tally.note("a caller failed: " + e);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
        }
    }

    private Person anybody() {
        return people.get(ThreadLocalRandom.current().nextInt(people.size()));
    }

    private void read() {
        Person person = anybody();
        String path = "/v1/accounts/" + person.id();
        Instant asked = Instant.now();
        Balancer.Answer answer = balancer.ask(path + "/token", ATTEMPT, DEADLINE, GET);
        if (over) {
            return;
        }
        Matcher found = TOKEN.matcher(answer.body());
        Optional<LedgerToken> token = found.find() ? x.token(found.group(1)) : Optional.empty();
        if (answer.attempts() > 1) {
            tally.count("reads that took more than one node");
        }
        if (answer.status() == 200 && token.filter(LedgerToken::live).isPresent()) {
            tally.count(READ_OK);
            maybeReport(path, generation(answer));
        } else {
            failed(person, asked, answer, token);
            if (answer.status() == 200) {
                report(path, "{\"rejectedGeneration\": " + generation(answer) + "}", "report: refused by X");
            }
        }
    }

    /** A read that brought nothing X takes. It counts, unless X itself had ended the grant. */
    private void failed(Person person, Instant asked, Balancer.Answer answer, Optional<LedgerToken> token) {
        boolean gone = answer.body().contains("reauthorization");
        if (gone || person.isSigningIn()) {
            tally.count(READ_EXCUSED + (gone ? "the grant is reported lost" : "its person signs in again"));
            return;
        }
        tally.count(answer.status() == 200 ? READ_REFUSED : READ_NOTHING);
        String why = answer.status() == 200 ? refused(token) : said(asked, answer);
        tally.count(MISS + why);
        String line = "read of " + person.id() + " at node n" + (answer.node() + 1) + " after " + answer.attempts()
                + " attempts at " + Instant.now() + ", its person signed in " + person.back() + " ago, " + why + ": "
                + TOKEN.matcher(answer.body()).replaceAll("\"accessToken\": \"***\"");
        if (answer.status() == 200) {
            tally.noteFirst(line);
        } else {
            tally.note(line);
        }
    }

    /** What X has against the token. */
    private static String refused(Optional<LedgerToken> token) {
        String fate =
                switch (token.map(LedgerToken::fate).orElse(null)) {
                    case LedgerToken.Fate.Killed(String reason) -> reason;
                    case LedgerToken.Fate.Expired _ -> "expired";
                    case null, default -> "not X's";
                };
        return "a token that X refused: " + fate;
    }

    /** What the last node that was asked said, without what differs from account to account. */
    private String said(Instant asked, Balancer.Answer answer) {
        if (answer.status() == 0 && disturbances.couldAskNobody(Fleet.NAMES, asked, Instant.now())) {
            return NOBODY_THERE;
        }
        Matcher code = CODE.matcher(answer.body());
        return code.find() ? answer.body().substring(0, 3) + " " + code.group(1) : "nothing, or half an answer";
    }

    /** One report in forty is wrong in one of three ways: too late, too hasty, or a refresh for no reason at all. */
    private void maybeReport(String path, long generation) {
        switch (ThreadLocalRandom.current().nextInt(160)) {
            case 0, 1 -> report(path, "{\"rejectedGeneration\": " + (generation - 1) + "}", "report: too late");
            case 2 -> report(path, "{\"rejectedGeneration\": " + generation + "}", "report: wrong");
            case 3 -> report(path, "{}", "report: refresh at will");
            default -> {}
        }
    }

    private void report(String path, String body, String what) {
        tally.count(what);
        var _ = balancer.ask(path + "/refresh", POST_ATTEMPT, POST_ATTEMPT, json(body));
    }

    private static long generation(Balancer.Answer answer) {
        Matcher generation = GENERATION.matcher(answer.body());
        return generation.find() ? Long.parseLong(generation.group(1)) : 0;
    }

    private void post(String text) {
        Person person = anybody();
        String poll = ThreadLocalRandom.current().nextInt(5) == 0
                ? ", \"poll\": {\"options\": [\"yes\", \"no\"], \"minutes\": 5}"
                : "";
        Balancer.Answer answer = balancer.ask(
                "/v1/accounts/" + person.id() + "/tweets",
                POST_ATTEMPT,
                POST_DEADLINE,
                request -> json("{\"text\": \"" + text + "\"" + poll + "}")
                        .apply(request)
                        .header("Idempotency-Key", text));
        Matcher id = POST_ID.matcher(answer.body());
        if (answer.status() == 201 && id.find()) {
            tally.count("post: confirmed");
            confirmed.put(text, id.group(1));
        } else if (answer.status() == 202) {
            tally.count("post: unknown");
        } else {
            Matcher code = CODE.matcher(answer.body());
            tally.count("post: " + (code.find() ? code.group(1) : "no answer"));
        }
    }

    private static UnaryOperator<HttpRequest.Builder> json(String body) {
        return request -> request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    /** Lets everybody finish what they are at. */
    @Override
    public void close() {
        over = true;
        threads.close();
    }
}
