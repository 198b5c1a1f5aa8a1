package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccessToken;
import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.RefreshToken;
import dev.roost.core.Rotation;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignedIn;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenPair;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedAtRestTest {
    private final List<Secret> canaries = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void noSecretIsReadableInSqliteWalOrSpool() {
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            fillWithCanaries(fixture);
            String found = TestFiles.everything(folder, List.of());
            assertThat(found).contains("SQLite format 3");
            assertNoCanaryIn(found);
        }
        assertNoCanaryIn(TestFiles.everything(folder, List.of()));
    }

    @Test
    void noSecretIsReadableInPostgresRows() throws SQLException {
        Database.Postgres database = TestPostgres.newDatabase();
        try (StoreFixture fixture = new StoreFixture(database, folder.resolve("keyset.json"))) {
            fillWithCanaries(fixture);
            StringBuilder dump = new StringBuilder();
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:postgresql://" + database.hosts().getFirst() + "/" + database.name(),
                            database.user(),
                            "");
                    Statement statement = connection.createStatement()) {
                for (String table : List.of(
                        "accounts", "grants", "events", "sign_ins", "api_keys", "audit", "post_attempts", "meta")) {
                    try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
                        while (rows.next()) {
                            dump.append(rows.getString(1)).append('\n');
                        }
                    }
                }
            }
            assertThat(dump.toString()).contains("CONNECTED");
            assertNoCanaryIn(dump.toString());
        }
    }

    @Test
    void swappedRowDoesNotOpen() {
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            AccountId mine = connect(fixture);
            AccountId theirs = connect(fixture);
            TestFiles.tamper(
                    folder.resolve("roost.db"),
                    "UPDATE grants SET access_sealed = (SELECT access_sealed FROM grants WHERE account_id = '" + theirs
                            + "') WHERE account_id = '" + mine + "'");
            assertThatThrownBy(() -> fixture.tokens().grant(mine))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("access of " + mine + ", generation 1")
                    .hasMessageContaining("restore");
            assertThat(fixture.tokens().grant(theirs)).isPresent();
        }
    }

    @Test
    void replayedRowOfAnEarlierGenerationDoesNotOpen() {
        Path database = folder.resolve("roost.db");
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            AccountId id = connect(fixture);
            String old = TestFiles.ask(database, "SELECT hex(refresh_sealed) FROM grants");
            fixture.tokens().rotate(Sample.rotation(id, 1, fixture.clock.instant(), Sample.node("node")));
            TestFiles.tamper(database, "UPDATE grants SET refresh_sealed = x'" + old + "'");
            assertThatThrownBy(() -> fixture.tokens().grant(id))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("generation 2");
        }
    }

    private void fillWithCanaries(StoreFixture fixture) {
        Instant now = fixture.clock.instant();
        SignedIn plain = Sample.signedIn(Sample.CLIENT, Sample.user(), now);
        SignedIn signedIn = new SignedIn(
                plain.newId(), plain.clientId(), plain.user(), pair(now), now, now, plain.node(), "sign-in");
        AccountId id = fixture.tokens().connect(signedIn).id();
        Rotation rotation = new Rotation(id, 1, pair(now), now, now, Duration.ofMillis(1), Sample.node("node"));
        fixture.tokens().rotate(rotation);
        fixture.store()
                .spool(folder.resolve("spool"))
                .put(new Rotation(id, 2, pair(now), now, now, Duration.ofMillis(1), Sample.node("node")));
        SignIn waiting = Sample.signIn(Sample.CLIENT, now);
        fixture.signIns().open(waiting, canary("state"), canary("verifier"));
        SignIn exchanged = Sample.signIn(Sample.CLIENT, now);
        fixture.signIns().open(exchanged, canary("state"), canary("verifier"));
        fixture.signIns().exchanged(exchanged.id(), pair(now), now);
    }

    private AccountId connect(StoreFixture fixture) {
        return fixture.tokens()
                .connect(Sample.signedIn(Sample.CLIENT, Sample.user(), fixture.clock.instant()))
                .id();
    }

    private IssuedPair pair(Instant now) {
        return new IssuedPair(
                new TokenPair(new AccessToken(canary("access")), new RefreshToken(canary("refresh"))),
                now.plus(Duration.ofHours(2)),
                Scopes.DEFAULT);
    }

    private Secret canary(String kind) {
        Secret canary = Secret.of(Sample.hex(16) + "+" + kind + "/" + Sample.hex(16));
        canaries.add(canary);
        return canary;
    }

    private void assertNoCanaryIn(String text) {
        assertThat(canaries).hasSize(12);
        for (Secret canary : canaries) {
            for (String form : TestFiles.formsOf(canary)) {
                assertThat(text.contains(form)).as("a secret shows").isFalse();
            }
        }
    }
}
