package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.posting.Attempt;
import dev.roost.core.posting.AttemptStore.Earlier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What every store promises about attempts to publish. */
public abstract class AttemptContract extends StoreContract {
    @Test
    void oneOfManyBeginsAnAttempt() throws InterruptedException, ExecutionException {
        Attempt attempt = attempt("once");
        List<Optional<Earlier>> answers =
                atOnce(List.of(1, 2, 3, 4, 5, 6, 7, 8), i -> store().attempts().begin(attempt));
        assertThat(answers.stream().filter(Optional::isEmpty)).hasSize(1);
        assertThat(answers.stream().flatMap(Optional::stream))
                .allMatch(earlier -> earlier.equals(new Earlier("digest", attempt.sentAt(), Optional.empty())));
    }

    @Test
    void remembersWhatWasPublishedAfterReopening() {
        Attempt attempt = attempt("published");
        store().attempts().begin(attempt);
        store().attempts().published(attempt, "1900000000000000001");
        reopen();
        assertThat(store().attempts().begin(later(attempt)))
                .contains(new Earlier("digest", attempt.sentAt(), Optional.of("1900000000000000001")));
    }

    @Test
    void forgetsWhatPublishedNothingAndNothingElse() {
        Attempt refused = attempt("refused");
        store().attempts().begin(refused);
        store().attempts().forget(refused);
        assertThat(store().attempts().begin(later(refused))).isEmpty();
        store().attempts().published(refused, "1");
        store().attempts().forget(refused);
        assertThat(store().attempts().begin(refused)).isPresent();
    }

    @Test
    void namesOfOtherCallersAndAccountsAreOthers() {
        Attempt attempt = attempt("mine");
        store().attempts().begin(attempt);
        AccountId other = account();
        assertThat(store().attempts()
                        .begin(new Attempt("key2", attempt.account(), attempt.key(), "digest", attempt.sentAt())))
                .isEmpty();
        assertThat(store().attempts().begin(new Attempt("key1", other, attempt.key(), "digest", attempt.sentAt())))
                .isEmpty();
    }

    private Attempt attempt(String key) {
        return new Attempt("key1", account(), key, "digest", now());
    }

    private static Attempt later(Attempt attempt) {
        Instant later = attempt.sentAt().plusSeconds(60);
        return new Attempt(attempt.caller(), attempt.account(), attempt.key(), attempt.digest(), later);
    }

    private AccountId account() {
        return connected().id();
    }
}
