package dev.roost.server.telemetry;

import dev.roost.core.AccountFigures;
import dev.roost.core.KeeperHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/** Shows how the accounts and the engine stand. What is not known yet has no value (NaN), rather than a wrong one. */
final class StandingMeters {
    private final MeterRegistry registry;
    private final Standing standing;

    private StandingMeters(MeterRegistry registry, Standing standing) {
        this.registry = registry;
        this.standing = standing;
    }

    /** Adds the gauges. */
    static void register(MeterRegistry registry, Standing standing, InstantSource clock, IntSupplier auditWaiting) {
        new StandingMeters(registry, standing).register(clock, auditWaiting);
    }

    private void register(InstantSource clock, IntSupplier auditWaiting) {
        state("active", AccountFigures::active);
        state("uncertain", AccountFigures::uncertain);
        state("needs_reauthorization", AccountFigures::needsReauthorization);
        state("disconnected", AccountFigures::disconnected);
        figure("roost.open.intents", AccountFigures::openIntents);
        figure("roost.tokens.expiring.soon", AccountFigures::expiringSoon);
        figure("roost.quarantined.accounts", AccountFigures::quarantined);
        Gauge.builder(
                        "roost.earliest.expiry",
                        () -> standing.figures()
                                .flatMap(AccountFigures::earliestExpiry)
                                .map(expiry -> Duration.between(clock.instant(), expiry)
                                                .toMillis()
                                        / 1000.0)
                                .orElse(Double.NaN))
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("roost.store.up", () -> standing.isStoreUp() ? 1 : 0).register(registry);
        health("roost.spool.entries", KeeperHealth::spooled);
        health("roost.breaker.open", health -> health.appRejected().isPresent() ? 1 : 0);
        Gauge.builder("roost.audit.waiting", auditWaiting::getAsInt).register(registry);
    }

    private void state(String state, ToDoubleFunction<AccountFigures> figure) {
        Gauge.builder("roost.accounts", () -> value(standing.figures(), figure))
                .tag("state", state)
                .register(registry);
    }

    private void figure(String name, ToDoubleFunction<AccountFigures> figure) {
        Gauge.builder(name, () -> value(standing.figures(), figure)).register(registry);
    }

    private void health(String name, ToDoubleFunction<KeeperHealth> figure) {
        Gauge.builder(name, () -> value(standing.health(), figure)).register(registry);
    }

    private static <T> double value(Optional<T> known, ToDoubleFunction<T> figure) {
        return known.map(figure::applyAsDouble).orElse(Double.NaN);
    }
}
