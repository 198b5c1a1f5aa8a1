package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccountId;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeyStore.Stored;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyDigest;
import dev.roost.core.access.KeyScope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store promises about API keys. */
public abstract class ApiKeyContract extends StoreContract {
    private final KeyDigest digest = Sample.digest();

    @Test
    void addedKeySurvivesReopeningWithAllItsParts() {
        AccountId ada = Sample.accountId();
        AccountId bob = Sample.accountId();
        ApiKey key = new ApiKey(
                Sample.hex(10),
                "Zoë's night job \uD83E\uDD89",
                EnumSet.allOf(KeyScope.class),
                Set.of(ada, bob),
                90,
                now(),
                Optional.of(now().plusMillis(7)));
        ApiKey plain = Sample.apiKey(now());
        apiKeys().add(key, digest);
        apiKeys().add(plain, digest);
        reopen();
        assertThat(apiKeys().find(key.id())).contains(new Stored(key, digest));
        assertThat(apiKeys().find(plain.id())).contains(new Stored(plain, digest));
        assertThat(apiKeys().find("0000000000")).isEmpty();
    }

    @Test
    void addingAgainAfterALostAnswerChangesNothing() {
        ApiKey key = added();
        apiKeys().revoke(key.id(), now());
        apiKeys().add(key, digest);
        assertThat(apiKeys().find(key.id())).contains(new Stored(key.revoked(now()), digest));
    }

    @Test
    void anotherKeyWithTheSameIdIsAMistake() {
        ApiKey key = added();
        assertThatThrownBy(() -> apiKeys().add(key, Sample.digest()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another API key with the id " + key.id());
        assertThat(apiKeys().find(key.id())).contains(new Stored(key, digest));
    }

    @Test
    void oneOfManyThreadsGetsAnId() throws InterruptedException, ExecutionException {
        ApiKey key = Sample.apiKey(now());
        List<KeyDigest> digests = Stream.generate(Sample::digest).limit(8).toList();
        List<Boolean> answers = atOnce(digests, own -> {
            try {
                apiKeys().add(key, own);
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        });
        assertThat(Collections.frequency(answers, true)).isEqualTo(1);
        KeyDigest kept = apiKeys().find(key.id()).orElseThrow().digest();
        assertThat(digests.indexOf(kept)).isEqualTo(answers.indexOf(true));
    }

    @Test
    void revokedKeyKeepsItsFirstTimeAcrossRestarts() {
        ApiKey key = added();
        Instant first = now();
        assertThat(apiKeys().revoke(key.id(), first)).isTrue();
        assertThat(apiKeys().revoke(key.id(), first.plusSeconds(60))).isTrue();
        reopen();
        assertThat(apiKeys().find(key.id()).map(Stored::key).flatMap(ApiKey::revokedAt))
                .contains(first);
    }

    @Test
    void revokingAnUnknownKeyChangesNothing() {
        assertThat(apiKeys().revoke("0000000000", now())).isFalse();
    }

    @Test
    void allKeysAreListedInTheOrderOfTheirMakingWithTheRevoked() {
        ApiKey first = added();
        clock().advance(Duration.ofSeconds(1));
        ApiKey second = added();
        apiKeys().revoke(first.id(), now());
        assertThat(apiKeys().all()).containsSubsequence(first.revoked(now()), second);
    }

    @Test
    void keyMadeHereIsGoodElsewhereUntilItIsRevokedThere() {
        ApiKeys here = new ApiKeys(apiKeys(), clock(), new SecureRandom());
        ApiKeys there = new ApiKeys(apiKeys(), clock(), new SecureRandom());
        ApiKeys.Created created = here.create("job", Set.of(KeyScope.X_WRITE), Set.of(), 0);
        assertThat(here.verify(created.secret())).contains(created.key());
        assertThat(there.verify(created.secret())).contains(created.key());
        assertThat(there.revoke(created.key().id())).contains(created.key().revoked(now()));
        assertThat(here.verify(created.secret())).isEmpty();
        assertThat(there.verify(created.secret())).isEmpty();
    }

    private ApiKey added() {
        ApiKey key = Sample.apiKey(now());
        apiKeys().add(key, digest);
        return key;
    }
}
