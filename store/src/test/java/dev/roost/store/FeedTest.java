package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.ChangeFeed;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.testkit.Sample;
import dev.roost.testkit.ScriptedX;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one node changes, another knows. */
final class FeedTest {
    private static final Duration TRUST = Duration.ofSeconds(5);
    private static final Duration BY_NEWS = Duration.ofSeconds(2);
    /** Room for a busy machine, on top of what is promised. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final ScriptedX x = new ScriptedX();

    @TempDir
    Path folder;

    @Test
    void rotationOfOneNodeIsServedByTheOtherAtOnce() {
        Database.Postgres database = TestPostgres.newDatabase();
        try (FleetNode a = node("a", database);
                FleetNode b = node("b", database)) {
            a.awaitNews();
            b.awaitNews();
            AccountId id = a.connect(Sample.user(), Duration.ofHours(1));
            for (long generation = 2; generation < 6; generation++) {
                assertThat(b.generationServed(id)).isEqualTo(generation - 1);
                assertThat(rotatedBy(a, b, id, generation)).isLessThan(BY_NEWS);
            }
        }
    }

    @Test
    void disconnectOfOneNodeCountsAtTheOtherAtOnce() {
        Database.Postgres database = TestPostgres.newDatabase();
        try (FleetNode a = node("a", database);
                FleetNode b = node("b", database)) {
            b.awaitNews();
            AccountId id = a.connect(Sample.user(), Duration.ofHours(1));
            assertThat(b.generationServed(id)).isEqualTo(1);
            assertThat(a.engine.disconnector().disconnect(id)).isEmpty();
            assertThat(FleetNode.until("b knows of it", () -> isAbsent(b, id))).isLessThan(BY_NEWS);
        }
    }

    @Test
    void killedListenerMakesNewsLateAndComesBackByItself() {
        Database.Postgres database = TestPostgres.newDatabase();
        try (FleetNode a = node("a", database);
                FleetNode b = node("b", database)) {
            a.awaitNews();
            b.awaitNews();
            AccountId id = a.connect(Sample.user(), Duration.ofHours(1));
            assertThat(b.generationServed(id)).isEqualTo(1);
            Backdoor.of(database)
                    .ask(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'roost changes'"
                                    + " AND datname = current_database()");
            assertThat(rotatedBy(a, b, id, 2)).isLessThan(TRUST.plus(SLACK));
            a.awaitNews();
            b.awaitNews();
            assertThat(rotatedBy(a, b, id, 3)).isLessThan(BY_NEWS);
        }
    }

    @Test
    void halfOpenConnectionIsFoundOutAndReplaced() throws IOException {
        Database.Postgres database = TestPostgres.newDatabase();
        try (DeafForwarder forwarder =
                        new DeafForwarder(database.hosts().getFirst().port());
                FleetNode a = node("a", database);
                FleetNode b = node("b", TestPostgres.at(forwarder.port(), database.name()))) {
            b.awaitNews();
            AccountId id = a.connect(Sample.user(), Duration.ofHours(1));
            ApiKeys.Created key = a.keys.create("job", Set.of(KeyScope.TOKEN_READ), Set.of(), 0);
            assertThat(b.keys.verify(key.secret())).isPresent();
            assertThat(b.generationServed(id)).isEqualTo(1);
            forwarder.deafen();
            a.keys.revoke(key.key().id());
            assertThat(FleetNode.until(
                            "the key is refused",
                            () -> b.keys.verify(key.secret()).isEmpty()))
                    .isLessThan(BY_NEWS.plus(SLACK));
            assertThat(b.store.feed().isCurrent()).isFalse();
            assertThat(b.store.feed().keysVersion()).isEqualTo(ChangeFeed.UNKNOWN);
            assertThat(rotatedBy(a, b, id, 2)).isLessThan(TRUST.plus(SLACK));
            b.awaitNews();
            assertThat(rotatedBy(a, b, id, 3)).isLessThan(BY_NEWS);
        }
    }

    @Test
    void keyIsReadOnceAndRefusedOnceRevokedElsewhere() {
        Database.Postgres database = TestPostgres.newDatabase();
        try (FleetNode a = node("a", database);
                FleetNode b = node("b", database)) {
            b.awaitNews();
            for (int round = 0; round < 20; round++) {
                ApiKeys.Created created = a.keys.create("job", Set.of(KeyScope.TOKEN_READ), Set.of(), 0);
                assertThat(b.keys.verify(created.secret())).contains(created.key());
                assertThat(b.keys.verify(created.secret())).contains(created.key());
                a.keys.revoke(created.key().id());
                assertThat(a.keys.verify(created.secret())).isEmpty();
                assertThat(FleetNode.until(
                                "b refuses the key",
                                () -> b.keys.verify(created.secret()).isEmpty()))
                        .isLessThan(BY_NEWS);
            }
        }
    }

    @Test
    void madeUpNewsMakesOnlyReadAgain() {
        Database.Postgres database = TestPostgres.newDatabase();
        try (FleetNode a = node("a", database)) {
            a.awaitNews();
            AccountId id = a.connect(Sample.user(), Duration.ofHours(1));
            assertThat(a.generationServed(id)).isEqualTo(1);
            long version = a.store.feed().keysVersion();
            for (String text : new String[] {
                "r " + id + ":99",
                "r " + id + ":x",
                "r",
                "",
                "a " + id,
                "a nobody",
                "x " + ScriptedX.CLIENT_ID,
                "z 1",
                "b 1",
                "w " + ScriptedX.CLIENT_ID,
                "k any"
            }) {
                Backdoor.of(database).ask("SELECT pg_notify('" + ChangeText.CHANNEL + "', '" + text + "')");
            }
            FleetNode.until("the last was heard", () -> a.store.feed().keysVersion() != version);
            assertThat(a.generationServed(id)).isEqualTo(1);
            assertThat(a.engine.keeper().health().appRejected()).isEmpty();
            assertThat(a.events).isEmpty();
        }
    }

    private static Duration rotatedBy(FleetNode a, FleetNode b, AccountId id, long generation) {
        assertThat(a.engine.keeper().refreshNow(id)).isInstanceOf(RefreshOutcome.Fresh.class);
        return FleetNode.until("generation " + generation + " is served", () -> b.generationServed(id) == generation);
    }

    private static boolean isAbsent(FleetNode node, AccountId id) {
        try {
            var _ = node.engine.keeper().token(id);
            return false;
        } catch (AccountNotFoundException e) {
            return true;
        }
    }

    private FleetNode node(String name, Database database) {
        return new FleetNode(name, database, folder.resolve("keyset.json"), x);
    }
}
