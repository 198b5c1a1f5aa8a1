package dev.roost.server.telemetry;

import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Ending;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.EngineEvent.RefreshEnded;
import dev.roost.core.EngineEvent.Subject;
import dev.roost.core.XAnswer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what the engine does. All counters exist from the start, so that the first failure is a step from 0 to 1. */
final class RefreshMeters implements Consumer<EngineEvent> {
    private static final List<String> KINDS = List.of("sign_in", "import");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final Refreshes kept;
    private final Refreshes callers;
    private final Map<String, Counter> lost = new HashMap<>();
    private final Counter reauthorizations;
    private final Map<String, Map<Ending, Counter>> signIns = new HashMap<>();

    RefreshMeters(MeterRegistry registry) {
        kept = new Refreshes(registry, "kept");
        callers = new Refreshes(registry, "caller");
        for (String cause : List.of("answer_lost", "refused_by_x")) {
            lost.put(cause, registry.counter("roost.grants.lost", "cause", cause));
        }
        reauthorizations = registry.counter("roost.reauthorizations.required");
        for (String kind : KINDS) {
            Map<Ending, Counter> endings = new EnumMap<>(Ending.class);
            for (Ending ending : Ending.values()) {
                endings.put(
                        ending, registry.counter("roost.sign.ins", "kind", kind, "ending", RefreshLog.word(ending)));
            }
            signIns.put(kind, endings);
        }
    }

    @Override
    public void accept(EngineEvent event) {
        switch (event) {
            case EngineEvent.RefreshStarted s -> {}
            case RefreshEnded ended -> of(ended.subject()).count(ended);
            case EngineEvent.GrantLost gone -> {
                count(lost.get(RefreshLog.cause(gone.cause())));
                reauthorizations.increment();
            }
            case EngineEvent.AnswerSpooled s -> {}
            case EngineEvent.SpoolDrained s -> {}
            case EngineEvent.BreakerOpened s -> {}
            case EngineEvent.BreakerClosed s -> {}
            case EngineEvent.SignInEnded ended ->
                count(signIns.getOrDefault(ended.imported() ? "import" : "sign_in", Map.of())
                        .get(ended.ending()));
        }
    }

    private Refreshes of(Subject subject) {
        return switch (subject) {
            case Subject.Kept s -> kept;
            case Subject.Caller s -> callers;
        };
    }

    private static void count(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    /** The refreshes of one kind of subject. */
    private static final class Refreshes {
        private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
        private final Map<String, Counter> failures = new HashMap<>();
        private final Timer duration;

        Refreshes(MeterRegistry registry, String subject) {
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(
                        outcome,
                        registry.counter("roost.refreshes", "subject", subject, "outcome", RefreshLog.word(outcome)));
            }
            for (String status : List.of("400", "401", "other", "none")) {
                failures.put(status, registry.counter("roost.refresh.failures", "subject", subject, "status", status));
            }
            duration = Timer.builder("roost.refresh.duration")
                    .tag("subject", subject)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
            Gauge.builder("roost.refresh.success.ratio", this::successRatio)
                    .tag("subject", subject)
                    .register(registry);
        }

        /** A request that did not leave has no duration worth knowing. */
        void count(RefreshEnded ended) {
            RefreshMeters.count(outcomes.get(ended.outcome()));
            if (ended.outcome() != Outcome.NOT_SENT) {
                duration.record(ended.took());
            }
            if (ended.outcome() != Outcome.ROTATED) {
                RefreshMeters.count(failures.get(status(ended.answer())));
            }
        }

        private static String status(Optional<XAnswer> answer) {
            return answer.map(said -> switch (said.status()) {
                        case 400 -> "400";
                        case 401 -> "401";
                        default -> "other";
                    })
                    .orElse("none");
        }

        private double successRatio() {
            double all = outcomes.values().stream().mapToDouble(Counter::count).sum();
            Counter rotated = outcomes.get(Outcome.ROTATED);
            return all == 0 || rotated == null ? 1 : rotated.count() / all;
        }
    }
}
