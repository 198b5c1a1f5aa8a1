package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.access.AuditStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises about the audit trail. */
public abstract class AuditContract extends StoreContract {
    @Test
    void appendedEntriesAreTheNewestAndSurviveReopening() {
        AuditEntry first = entry("first", 1);
        AuditEntry second = new AuditEntry(
                now(),
                now().plusMillis(999),
                "loopback",
                Optional.of(Sample.accountId()),
                "second",
                "refused",
                Long.MAX_VALUE);
        AuditEntry third = entry("third", 3);
        audit().append(List.of(first, second));
        audit().append(List.of(third));
        reopen();
        assertThat(audit().newest(3)).containsExactly(third, second, first);
        assertThat(audit().newest(1)).containsExactly(third);
    }

    @Test
    void equalEntriesAreAllKept() {
        AuditEntry entry = entry("twice", 2);
        audit().append(List.of(entry, entry));
        audit().append(List.of());
        assertThat(audit().newest(2)).containsExactly(entry, entry);
    }

    @Test
    void largeBatchesOfManyThreadsAreKeptWhole() throws InterruptedException, ExecutionException {
        List<String> operations = List.of("a", "b", "c", "d");
        atOnce(operations, operation -> {
            audit().append(IntStream.rangeClosed(1, 500)
                    .mapToObj(count -> entry(operation, count))
                    .toList());
            return operation;
        });
        List<AuditEntry> kept = audit().newest(2000);
        for (String operation : operations) {
            assertThat(kept.stream()
                            .filter(entry -> entry.operation().equals(operation))
                            .mapToLong(AuditEntry::count)
                            .sum())
                    .isEqualTo(500 * 501 / 2);
        }
    }

    @Test
    void deedsOfAnAccountComePageByPageWithoutLooks() {
        AccountId ada = Sample.accountId();
        AuditEntry read = about(ada, "profile.read");
        AuditEntry post = about(ada, "tweets.create");
        AuditEntry refresh = about(ada, "accounts.refresh");
        audit().append(List.of(read, about(ada, "dashboard.account"), about(Sample.accountId(), "tweets.create")));
        audit().append(List.of(about(ada, "accounts.read"), post, about(ada, "accounts.events"), refresh));
        List<AuditStore.Numbered> newest = audit().deeds(ada, OptionalLong.empty(), 2);
        assertThat(newest).extracting(AuditStore.Numbered::entry).containsExactly(refresh, post);
        OptionalLong last = OptionalLong.of(newest.getLast().number());
        assertThat(audit().deeds(ada, last, 2))
                .extracting(AuditStore.Numbered::entry)
                .containsExactly(read);
        assertThat(audit().deeds(Sample.accountId(), OptionalLong.empty(), 2)).isEmpty();
    }

    private AuditEntry about(AccountId account, String operation) {
        return new AuditEntry(now(), now(), Sample.hex(10), Optional.of(account), operation, "ok", 1);
    }

    private AuditEntry entry(String operation, long count) {
        return new AuditEntry(now(), now(), Sample.hex(10), Optional.empty(), operation, "done", count);
    }
}
