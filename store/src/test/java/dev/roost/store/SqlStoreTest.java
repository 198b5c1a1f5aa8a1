package dev.roost.store;

import dev.roost.testkit.StoreContracts;
import dev.roost.testkit.StoreUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Both databases keep what every store promises. */
@ParameterizedClass
@EnumSource
final class SqlStoreTest extends StoreContracts {
    @SuppressWarnings("NullAway.Init") // set before every test by JUnit
    private static StoreFixture fixture;

    /** What the store is on. */
    enum Kind {
        SQLITE,
        POSTGRES;

        StoreFixture open(Path folder) {
            return switch (this) {
                case SQLITE -> StoreFixture.sqlite(folder);
                case POSTGRES -> new StoreFixture(TestPostgres.newDatabase(), folder.resolve("keyset.json"));
            };
        }
    }

    SqlStoreTest(Kind kind) {}

    @BeforeParameterizedClassInvocation
    static void open(Kind kind, @TempDir Path folder) {
        fixture = kind.open(folder);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        fixture.close();
    }

    @Override
    protected StoreUnderTest store() {
        return fixture;
    }
}
