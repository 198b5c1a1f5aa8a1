package dev.roost.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccessToken;
import dev.roost.core.Account;
import dev.roost.core.RefreshOutcome;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.Simulator;
import dev.roost.store.Database;
import dev.roost.x.PostedTweet;
import dev.roost.x.XReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes of one app that share what X says of its limits. */
@Timeout(120)
class RateBudgetTest {
    private static final Duration A_READ_LATER = Duration.ofMillis(1_100);
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    /** The databases that two processes can share. */
    enum Shared {
        SQLITE,
        POSTGRES;

        Database database(Path folder) {
            return this == SQLITE
                    ? Database.Sqlite.at(folder.resolve("roost.db"))
                    : Database.Postgres.parse(EmbeddedServer.newDatabase());
        }
    }

    @TempDir
    Path folder;

    private Simulator x;

    @BeforeEach
    void start() {
        x = Simulator.start();
        x.addApp(BudgetNode.CLIENT_ID, null, "http://127.0.0.1:3001/back");
        x.switches().tokenLifetime(Duration.ofDays(3));
        for (int i = 1; i <= 8; i++) {
            x.addUser("100" + i, "user" + i);
        }
    }

    @AfterEach
    void stop() {
        x.close();
    }

    @ParameterizedTest
    @EnumSource
    void holdsBackWhatTheOtherUsedUpUntilTheReset(Shared shared) {
        x.switches().postsPerDayOfUser(3);
        Database database = shared.database(folder);
        try (BudgetNode one = node("one", database);
                BudgetNode two = node("two", database)) {
            Account ada = one.connect("1001", "user1", TWO_HOURS);
            Account grace = one.connect("1002", "user2", TWO_HOURS);
            for (int i = 0; i < 3; i++) {
                assertThat(one.post(ada, "first " + i)).isInstanceOf(XReply.Ok.class);
            }
            assertThat(held(one.post(ada, "one too many")).problem().explanation())
                    .contains("Roost held the call back and X was not asked")
                    .contains("the account has made all such calls of a day")
                    .contains("Wait until ");
            until("the other knows it", () -> two.holds(ada));
            XReply.RateLimited<PostedTweet> held = held(two.post(ada, "one too many elsewhere"));
            assertThat(held.problem().status()).isZero();
            assertThat(held.retryAt())
                    .isBetween(x.now().plus(Duration.ofHours(23)), x.now().plus(Duration.ofHours(25)));
            assertThat(two.postsSent()).isZero();
            assertThat(two.post(grace, "another account")).isInstanceOf(XReply.Ok.class);
            AccessToken token = one.token(ada);
            x.advance(Duration.ofDays(1).plusSeconds(2));
            assertThat(two.post(ada, token, "the next day")).isInstanceOf(XReply.Ok.class);
            assertThat(one.post(ada, token, "and here")).isInstanceOf(XReply.Ok.class);
            assertThat(one.postsSent()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheLastFifthOfTheAppForAccountsBelowTheirShare(Shared shared) {
        x.switches().postsPerDayOfApp(20).postsPerDayOfUser(100);
        Database database = shared.database(folder);
        try (BudgetNode one = node("one", database);
                BudgetNode two = node("two", database)) {
            Account greedy = one.connect("1001", "user1", TWO_HOURS);
            Account modest = one.connect("1002", "user2", TWO_HOURS);
            one.connect("1003", "user3", TWO_HOURS);
            one.connect("1004", "user4", TWO_HOURS);
            for (int i = 0; i < 17; i++) {
                assertThat(one.post(greedy, "many " + i)).isInstanceOf(XReply.Ok.class);
            }
            until("it is over its share", () -> one.holds(greedy));
            until("the other knows it", () -> two.holds(greedy));
            assertThat(held(two.post(greedy, "more")).problem().explanation())
                    .contains("of 20 such calls of a day left")
                    .contains("with a share of 5");
            assertThat(two.postsSent()).isZero();
            assertThat(two.post(modest, "a share is left")).isInstanceOf(XReply.Ok.class);
            assertThat(two.post(modest, "another")).isInstanceOf(XReply.Ok.class);
            assertThat(two.post(modest, "and the last one")).isInstanceOf(XReply.Ok.class);
            assertThat(held(two.post(modest, "none is left")).problem().explanation())
                    .contains("all accounts of the app together have made all such calls of a day");
            assertThat(two.postsSent()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesByWhatItKnowsWhileTheStoreIsAway(Shared shared) {
        x.switches().postsPerDayOfUser(2);
        Database database = shared.database(folder);
        try (BudgetNode one = node("one", database);
                BudgetNode two = node("two", database)) {
            Account ada = one.connect("1001", "user1", TWO_HOURS);
            AccessToken token = one.token(ada);
            two.store().close();
            assertThat(one.post(ada, "one")).isInstanceOf(XReply.Ok.class);
            assertThat(two.post(ada, token, "two")).isInstanceOf(XReply.Ok.class);
            assertThat(held(two.post(ada, token, "three")).problem().status()).isZero();
            assertThat(two.postsSent()).isEqualTo(1);
            assertThat(held(one.post(ada, "three")).problem().status()).isEqualTo(429);
            assertThat(held(one.post(ada, "four")).problem().status()).isZero();
            assertThat(one.postsSent()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void restsRefreshesOfAllProcessesWhenSeveralAreTurnedAwayAndBeginsSlowly(Shared shared) {
        Database database = shared.database(folder);
        try (BudgetNode one = node("one", database);
                BudgetNode two = node("two", database)) {
            List<Account> accounts = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                accounts.add(one.connect("100" + i, "user" + i, Duration.ofMinutes(7)));
            }
            for (int i = 0; i < 8; i++) {
                x.queue(Fault.rateLimited(Endpoint.TOKEN, Duration.ofSeconds(90)));
            }
            await(one.engine().scheduler().turn());
            int turnedAway = one.refreshesSent();
            until("the other rests too", () -> two.pace().pausedUntil().isPresent());
            assertThat(one.engine().scheduler().turn()).isEmpty();
            assertThat(two.engine().scheduler().turn()).isEmpty();
            assertThat(two.refreshesSent()).isZero();
            assertThat(one.refreshesSent()).isEqualTo(turnedAway);
            for (Account account : accounts) {
                assertThat(two.engine().keeper().token(account.id()).generation())
                        .isEqualTo(account.generation());
            }
            x.advance(Duration.ofSeconds(95));
            assertThat(two.pace().room()).isEqualTo(1);
            assertThat(one.pace().room()).isEqualTo(1);
            until("all are refreshed", () -> {
                await(one.engine().scheduler().turn());
                await(two.engine().scheduler().turn());
                x.advance(Duration.ofSeconds(1));
                return accounts.stream()
                        .allMatch(account -> one.store()
                                        .tokens()
                                        .account(account.id())
                                        .orElseThrow()
                                        .generation()
                                > account.generation());
            });
            assertThat(one.pace().room() + two.pace().room()).isGreaterThan(2);
            assertThat(x.ledger().rotations()).isEqualTo(8);
        }
    }

    private BudgetNode node(String name, Database database) {
        return new BudgetNode(name, database, folder, x);
    }

    private void until(String what, BooleanSupplier condition) {
        Waiting.until(what, () -> {
            x.advance(A_READ_LATER);
            return condition.getAsBoolean();
        });
    }

    private static void await(List<CompletableFuture<RefreshOutcome>> flights) {
        flights.forEach(CompletableFuture::join);
    }

    private static XReply.RateLimited<PostedTweet> held(XReply<PostedTweet> reply) {
        assertThat(reply).isInstanceOf(XReply.RateLimited.class);
        return (XReply.RateLimited<PostedTweet>) reply;
    }
}
