package dev.roost.store;

import dev.roost.testkit.AdmissionContract;
import dev.roost.testkit.HoldingContract;
import dev.roost.testkit.ImportContract;
import dev.roost.testkit.LeaseContract;
import dev.roost.testkit.SignInStoreContract;
import dev.roost.testkit.StoreUnderTest;
import dev.roost.testkit.TokenStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL keeps what every store promises. */
final class PostgresStoreTest {
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

    @Nested
    final class Tokens extends TokenStoreContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }

    @Nested
    final class Leases extends LeaseContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }

    @Nested
    final class SignIns extends SignInStoreContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }

    @Nested
    final class Imports extends ImportContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }

    @Nested
    final class Holdings extends HoldingContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }

    @Nested
    final class Admissions extends AdmissionContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }
}
