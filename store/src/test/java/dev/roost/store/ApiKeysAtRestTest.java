package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Secret;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.testkit.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeysAtRestTest {
    @TempDir
    Path folder;

    @Test
    void noSecretOfAKeyIsReadableInSqliteOrItsLog() throws IOException {
        String open;
        Secret secret;
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            ApiKeys keys = new ApiKeys(fixture.apiKeys(), fixture.clock(), new SecureRandom());
            ApiKeys.Created created = keys.create("canary job", Set.of(KeyScope.ADMIN), Set.of(), 0);
            keys.verify(created.secret());
            keys.revoke(created.key().id());
            keys.verify(created.secret());
            secret = Secret.of(created.secret().expose().substring("roost_0123456789_".length()));
            open = readByAnotherProcess();
        }
        assertThat(open).contains("SQLite format 3", "canary job");
        for (String form : TestFiles.formsOf(secret)) {
            assertThat(open.contains(form)).as("a secret shows").isFalse();
            assertThat(TestFiles.everything(folder, List.of()).contains(form))
                    .as("a secret shows after the end")
                    .isFalse();
        }
    }

    @Test
    void listOfAccountsThatWasEmptiedOpensNothing() {
        ApiKey key;
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            ApiKeys keys = new ApiKeys(fixture.apiKeys(), fixture.clock(), new SecureRandom());
            key = keys.create("one", Set.of(KeyScope.X_READ), Set.of(Sample.accountId()), 0)
                    .key();
        }
        TestFiles.tamper(folder.resolve("roost.db"), "UPDATE api_keys SET accounts = ''");
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            assertThatThrownBy(() -> fixture.apiKeys().find(key.id())).hasStackTraceContaining("account id \"\"");
        }
    }

    /** While SQLite has the files open, nobody in this process may open them too: see CONTRIBUTING.md. */
    private String readByAnotherProcess() throws IOException {
        List<String> files = Stream.of("roost.db", "roost.db-wal")
                .map(name -> folder.resolve(name).toString())
                .toList();
        Process cat = new ProcessBuilder(
                        Stream.concat(Stream.of("cat"), files.stream()).toList())
                .redirectErrorStream(true)
                .start();
        return new String(cat.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
