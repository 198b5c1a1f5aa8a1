package dev.roost.store;

import dev.roost.core.SignInStore;
import dev.roost.core.TokenStore;
import dev.roost.testkit.ImportContract;
import dev.roost.testkit.ManualClock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class PostgresImportsTest extends ImportContract {
    @SuppressWarnings("NullAway.Init") // set before every test by JUnit
    private static StoreFixture fixture;

    @BeforeAll
    static void open(@TempDir Path folder) {
        fixture = new StoreFixture(TestPostgres.newDatabase(), folder.resolve("keyset.json"));
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Override
    protected TokenStore tokens() {
        return fixture.tokens();
    }

    @Override
    protected SignInStore signIns() {
        return fixture.signIns();
    }

    @Override
    protected ManualClock clock() {
        return fixture.clock;
    }

    @Override
    protected void reopen() {
        fixture.reopen();
    }
}
