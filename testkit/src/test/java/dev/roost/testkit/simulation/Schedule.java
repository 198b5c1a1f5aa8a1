package dev.roost.testkit.simulation;

import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One course of events, made from a seed: some minutes of trouble, then fair weather until all is settled, then the
 * judgement. See {@link Weather} for the trouble, {@link Mutation} for what is known to be wrong.
 */
final class Schedule {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(15);

    private final long seed;
    private final Stage stage;
    private final Loop loop;
    private final Random random;
    private final Weather weather;
    /** Processes that take the app for rejected. */
    private final Set<Seat> standing = new HashSet<>();

    private Schedule(long seed, Mutation mutation, boolean keepsLines) {
        this.seed = seed;
        this.stage = new Stage(seed, mutation, keepsLines);
        this.loop = stage.loop();
        this.random = loop.random();
        this.weather = stage.weather();
    }

    /**
     * How a schedule went.
     *
     * @param failure the first promise that was broken; null if none was
     * @param trace tells one course of events from another
     * @param lines the last things that happened, if they were kept
     */
    record Result(
            long seed,
            @Nullable String failure,
            long trace,
            long turns,
            Duration time,
            Tally tally,
            List<String> lines) {}

    /** Plays the schedule of a seed. */
    static Result play(long seed) {
        return play(seed, Mutation.NONE, false);
    }

    /** Plays the schedule of a seed with a mistake built in, and keeps the last things that happened if wanted. */
    static Result play(long seed, Mutation mutation, boolean keepsLines) {
        return new Schedule(seed, mutation, keepsLines).play();
    }

    private Result play() {
        loop.hazard(this::befall);
        stage.seats().forEach(this::open);
        Duration end = Duration.ofSeconds(60 + random.nextInt(180));
        chaos();
        loop.run(end);
        heal();
        end = settle(end);
        if (loop.failure() == null) {
            new Judge(stage).judge();
        }
        if (loop.failure() == null) {
            stop(end);
        }
        return new Result(
                seed,
                loop.failure(),
                loop.trace(),
                loop.turns(),
                Duration.ofNanos(loop.now()),
                stage.tally(),
                loop.lines());
    }

    private void open(Seat seat) {
        seat.start();
        int callers = 1 + random.nextInt(2);
        for (int i = 0; i < callers; i++) {
            loop.spawn(seat.process(), "caller", new Caller(stage, seat)::run);
        }
    }

    /** What may befall a process at any of its steps. */
    private void befall(NodeProcess process) {
        if (weather.strikes(weather.crash, random)) {
            die(process);
        } else if (weather.strikes(weather.freeze, random)) {
            stage.tally().count("fault: process frozen");
            loop.freeze(process, Weather.upTo(Duration.ofSeconds(40), random));
        }
    }

    private void die(NodeProcess process) {
        stage.tally().count("fault: process killed");
        loop.kill(process);
        loop.after(
                Weather.upTo(Duration.ofSeconds(30), random),
                () -> stage.seats().stream()
                        .filter(seat -> seat.process() == process)
                        .forEach(this::open));
    }

    /** Trouble that comes at a time and not at a step. */
    private void chaos() {
        loop.after(Duration.ofMillis(random.nextInt(2000)), () -> {
            if (weather.isCalm()) {
                return;
            }
            Seat seat = stage.seats().get(random.nextInt(stage.seats().size()));
            if (weather.strikes(weather.storeCutOff, random)) {
                stage.tally().count("fault: process cut off from the store");
                seat.cutOff(Weather.upTo(Duration.ofSeconds(40), random));
            }
            if (weather.strikes(weather.storeGone, random)) {
                stage.tally().count("fault: store away from all");
                Duration length = Weather.upTo(Duration.ofSeconds(60), random);
                stage.seats().forEach(each -> each.cutOff(length));
            }
            if (weather.strikes(weather.clockJump, random)) {
                stage.tally().count("fault: clock jump");
                stage.clockTurned();
                seat.turnClock(Duration.ofSeconds(random.nextInt(-90, 90)));
            }
            if (seat.isAlive() && weather.strikes(weather.crash * 5, random)) {
                die(seat.process());
            }
            chaos();
        });
    }

    private void heal() {
        loop.note("fair weather");
        weather.clear();
        for (Seat seat : stage.seats()) {
            seat.turnClock(Duration.ZERO);
            loop.thaw(seat.process());
            if (!seat.isAlive()) {
                open(seat);
            }
        }
    }

    /** Lets time pass until everything is decided. */
    private Duration settle(Duration from) {
        Duration now = from;
        for (int i = 0; loop.failure() == null; i++) {
            now = now.plus(LOOK);
            loop.run(now);
            Optional<String> open = i < 4 ? Optional.of("too early") : open();
            if (open.isEmpty()) {
                return now;
            }
            if (now.minus(from).compareTo(LONGEST_SETTLING) > 0) {
                loop.fail("not settled after " + LONGEST_SETTLING.toMinutes() + " min of fair weather: " + open.get());
            }
            nudge(i);
        }
        return now;
    }

    /** Somebody at one of the processes wants every account refreshed, so that what is lost is found out. */
    private void nudge(int round) {
        for (Seat each : stage.seats()) {
            loop.spawn(each.process(), "look", () -> {
                boolean stands = each.engine().keeper().health().appRejected().isPresent();
                var _ = stands ? standing.add(each) : standing.remove(each);
            });
        }
        Seat seat = stage.seats().get(round % stage.seats().size());
        for (AccountId id : stage.accounts().values()) {
            loop.spawn(seat.process(), "nudge", () -> {
                var _ = seat.engine().keeper().refreshNow(id);
            });
        }
    }

    private Optional<String> open() {
        List<String> open = new ArrayList<>();
        for (Seat seat : stage.seats()) {
            if (!seat.disk().entries().isEmpty()) {
                open.add("the spool of " + seat + " is not empty");
            }
            if (standing.contains(seat)) {
                open.add(seat + " still takes the app for rejected");
            }
        }
        if (!stage.store().unidentified(ModelX.CLIENT_ID, 9).isEmpty()) {
            open.add("X has not said whose a pair is");
        }
        stage.accounts().forEach((user, id) -> {
            AccountState state = stage.store().account(id).orElseThrow().state();
            if (state instanceof AccountState.Uncertain
                    || (state instanceof AccountState.Active && !new Judge(stage).isKept(user, id))) {
                open.add(user + " is " + state.label() + " and dead");
            }
        });
        return open.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", open));
    }

    /** Stops all processes: whatever is still under way then will never end. */
    private void stop(Duration now) {
        int[] stopped = {0};
        for (Seat seat : stage.seats()) {
            loop.spawn(seat.process(), "stop", () -> {
                if (seat.engine().stop(Duration.ofMinutes(1))) {
                    stopped[0]++;
                }
            });
        }
        loop.run(now.plusMinutes(10));
        for (Seat seat : stage.seats()) {
            if (seat.process().threads > 0) {
                loop.fail(seat.process().threads + " threads of " + seat + " wait for what never comes");
            }
        }
        if (stopped[0] < stage.seats().size()) {
            loop.fail("a process did not stop: something is under way that never ends");
        }
    }
}
