package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.SignIn;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRowsTest {
    @TempDir
    Path folder;

    @Test
    void pairThatDoesNotOpenIsLeftOutAndComplainedOfOnce() {
        try (StoreFixture fixture = StoreFixture.sqlite(folder);
                Logged logged = new Logged(SqlSignIns.class)) {
            SignIn broken = waiting(fixture);
            SignIn whole = waiting(fixture);
            TestFiles.tamper(
                    folder.resolve("roost.db"),
                    "UPDATE sign_ins SET created_at = 1, pair_sealed = zeroblob(90) WHERE id = '" + broken.id() + "'");
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.signIns().unidentified(Sample.CLIENT, 1))
                        .extracting(kept -> kept.signIn().id())
                        .containsExactly(whole.id());
            }
            assertThat(logged.messages()).singleElement().asString().contains("pair of " + broken.id(), "restore");
        }
    }

    @Test
    void appsWithAccountsAreNamedOnce() {
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            assertThat(fixture.store().clientIds()).isEmpty();
            for (String client : new String[] {Sample.OTHER_CLIENT, Sample.CLIENT, Sample.CLIENT}) {
                fixture.tokens().connect(Sample.signedIn(client, Sample.user(), fixture.clock.instant()));
            }
            assertThat(fixture.store().clientIds()).containsExactly(Sample.CLIENT, Sample.OTHER_CLIENT);
        }
    }

    private static SignIn waiting(StoreFixture fixture) {
        SignIn signIn = Sample.importOf(Sample.CLIENT, fixture.clock.instant());
        fixture.signIns().openImport(signIn, Sample.tokens().refresh());
        fixture.signIns().exchanged(signIn.id(), Sample.pair(fixture.clock.instant()), fixture.clock.instant());
        return signIn;
    }
}
