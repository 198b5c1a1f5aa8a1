package dev.roost.store;

import dev.roost.testkit.AdmissionContract;
import dev.roost.testkit.ApiKeyContract;
import dev.roost.testkit.AttemptContract;
import dev.roost.testkit.AuditContract;
import dev.roost.testkit.HoldingContract;
import dev.roost.testkit.ImportContract;
import dev.roost.testkit.LeaseContract;
import dev.roost.testkit.SignInStoreContract;
import dev.roost.testkit.StoreUnderTest;
import dev.roost.testkit.TokenStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Both databases keep what every store promises. */
@ParameterizedClass
@EnumSource
final class SqlStoreTest {
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

    @Nested
    final class ApiKeys extends ApiKeyContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }

    @Nested
    final class Audit extends AuditContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }

    @Nested
    final class Attempts extends AttemptContract {
        @Override
        protected StoreUnderTest store() {
            return fixture;
        }
    }
}
