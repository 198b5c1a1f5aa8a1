package dev.roost.testkit;

import dev.roost.core.AccountFigures;
import dev.roost.core.AccountState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Counts the rows of {@link MemoryTokens}. */
final class MemoryFigures {
    private MemoryFigures() {}

    static AccountFigures count(List<MemoryRow> rows, Instant leaseNow, Instant now) {
        List<AccountState> states =
                rows.stream().map(row -> row.account(leaseNow).state()).toList();
        List<Instant> expiries = rows.stream()
                .filter(row -> row.state instanceof AccountState.Active)
                .map(row -> row.accessExpiresAt)
                .toList();
        Instant soon = now.plus(AccountFigures.SOON);
        return new AccountFigures(
                count(states, AccountState.Active.class::isInstance),
                count(states, AccountState.Uncertain.class::isInstance),
                count(states, AccountState.NeedsReauthorization.class::isInstance),
                count(states, AccountState.Disconnected.class::isInstance),
                count(rows, row -> row.sends > 0),
                count(expiries, expiry -> !expiry.isAfter(soon)),
                0,
                expiries.stream().min(Comparator.naturalOrder()));
    }

    private static <T> long count(List<T> all, Predicate<T> condition) {
        return all.stream().filter(condition).count();
    }
}
