package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Secret;
import dev.roost.core.alerting.Delivery;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.core.alerting.Webhooks;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither address nor secret of a webhook can be read on disk, and a new sealing key takes them along. */
final class SealedWebhooksTest {
    private static final Secret URL = Secret.of("https://hooks.example.com/services/canary-in-the-path");

    @TempDir
    private Path folder;

    @Test
    void nothingOfThemIsOnDisk() {
        Secret first;
        Secret second;
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            Webhooks.Created created = created(fixture);
            first = created.secret();
            second = webhooks(fixture)
                    .rotate(created.webhook().id(), Duration.ofHours(1))
                    .orElseThrow();
        }
        String disk = TestFiles.everything(folder, List.of("keyset.json"));
        assertThat(disk).contains("https://hooks.example.com").doesNotContain("canary-in-the-path");
        for (Secret secret : List.of(first, second)) {
            String key = secret.expose().substring("whsec_".length());
            TestFiles.formsOf(Secret.of(key)).forEach(form -> assertThat(disk).doesNotContain(form));
        }
    }

    @Test
    void aNewSealingKeyTakesThemAlong() {
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            Webhooks.Created created = created(fixture);
            String id = created.webhook().id();
            Secret fresh = webhooks(fixture).rotate(id, Duration.ofHours(1)).orElseThrow();
            KeysetRotation.Outcome outcome = fixture.store().keysetRotation().run((done, total) -> {});
            assertThat(outcome).isEqualTo(new KeysetRotation.Outcome(true, 1, 0, true));
            assertThat(fixture.store().keysetRotation().run((done, total) -> {}).resealed())
                    .isEqualTo(1);
            var _ = webhooks(fixture).test(id);
            Delivery delivery = fixture.store()
                    .outbox()
                    .claim(id, Sample.node("one"), 1, Duration.ofSeconds(60))
                    .getFirst();
            assertThat(delivery.url()).isEqualTo(URL);
            assertThat(delivery.secrets()).containsExactly(fresh, created.secret());
        }
    }

    private static Webhooks.Created created(StoreFixture fixture) {
        return webhooks(fixture).create(URL.expose(), Set.of(), WebhookFormat.SLACK, "");
    }

    private static Webhooks webhooks(StoreFixture fixture) {
        return new Webhooks(
                fixture.store().webhooks(), WebhookTargets.PUBLIC, "test", fixture.clock, new SecureRandom());
    }
}
