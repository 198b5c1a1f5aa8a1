package dev.roost.testkit;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.Cut;
import dev.roost.core.overview.Place;
import dev.roost.core.overview.Sought;
import dev.roost.core.overview.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds accounts of a {@link MemoryStore} by looking at each. */
final class MemorySearch implements AccountSearch {
    private static final int ALL = 1_000_000;

    private final MemoryStore store;

    MemorySearch(MemoryStore store) {
        this.store = store;
    }

    @Override
    public Page find(String clientId, Wanted wanted) {
        Sought sought = Sought.of(wanted.text());
        Map<AccountId, Account> found = all(clientId)
                .filter(account -> matches(account, sought))
                .filter(account -> wanted.states().isEmpty() || wanted.states().contains(Standing.of(account.state())))
                .collect(Collectors.toMap(Account::id, Function.identity()));
        List<Place> places = found.values().stream()
                .map(account -> Place.of(account, wanted.order()))
                .toList();
        Cut cut = Cut.of(clientId, wanted, (from, back, limit) -> beside(places, from, back, limit));
        return new Page(cut.ids().stream().map(found::get).toList(), cut.next(), cut.previous());
    }

    @Override
    public List<Long> upcoming(String clientId, Instant from, Duration step, int steps) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(steps, 0L));
        all(clientId).flatMap(MemorySearch::due).forEach(due -> {
            long index = due.isBefore(from) ? 0 : Duration.between(from, due).toMillis() / step.toMillis();
            if (index < steps) {
                counts.set((int) index, counts.get((int) index) + 1);
            }
        });
        return List.copyOf(counts);
    }

    private Stream<Account> all(String clientId) {
        return store.accounts(clientId, Optional.empty(), ALL).stream();
    }

    private static List<Place> beside(List<Place> places, Optional<Place> from, boolean back, int limit) {
        return places.stream()
                .filter(place ->
                        from.isEmpty() || (back ? place.compareTo(from.get()) < 0 : place.compareTo(from.get()) > 0))
                .sorted(back ? Comparator.reverseOrder() : Comparator.naturalOrder())
                .limit(limit)
                .toList();
    }

    private static boolean matches(Account account, Sought sought) {
        return sought.isAll()
                || sought.id().equals(Optional.of(account.id()))
                || sought.userId().equals(Optional.of(account.user().id()))
                || (sought.id().isEmpty()
                        && account.user().username().toLowerCase(Locale.ROOT).contains(sought.part()));
    }

    private static Stream<Instant> due(Account account) {
        return switch (account.state()) {
            case AccountState.Active active -> Stream.of(active.nextRefreshAt());
            case AccountState.Uncertain uncertain -> Stream.of(uncertain.nextRefreshAt());
            case AccountState.NeedsReauthorization n -> Stream.empty();
            case AccountState.Disconnected d -> Stream.empty();
        };
    }
}
