package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Lease;
import dev.roost.core.LossCause;
import dev.roost.core.Settlement;
import dev.roost.core.SignedIn;
import dev.roost.core.XUser;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.AccountSearch.Order;
import dev.roost.core.overview.AccountSearch.Page;
import dev.roost.core.overview.AccountSearch.Wanted;
import dev.roost.core.overview.Place;
import dev.roost.core.overview.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store promises about finding accounts. */
public abstract class AccountSearchContract extends StoreContract {
    private static final int SMALL = 3;

    /** Returns its search. */
    private AccountSearch search() {
        return store().search();
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfEveryOrderGiveEachAccountOnceForwardsAndBackwards(Order order) {
        List<Account> crowd = crowd();
        AccountId underWay = crowd.getLast().id();
        List<AccountId> expected = crowd.stream()
                .map(account -> Place.of(account(account.id()), order))
                .sorted()
                .map(Place::id)
                .collect(Collectors.toCollection(ArrayList::new));
        List<AccountId> forwards = new ArrayList<>();
        Page page = page(order, Optional.empty());
        assertThat(page.previous()).isEmpty();
        forwards.addAll(ids(page));
        while (page.next().isPresent()) {
            page = page(order, page.next());
            forwards.addAll(ids(page));
        }
        if (order == Order.NEXT_REFRESH) {
            // What is under way may stand where it was due or where its lease ends.
            expected.remove(underWay);
            expected.add(forwards.indexOf(underWay), underWay);
        }
        assertThat(forwards).isEqualTo(expected);
        List<AccountId> backwards = new ArrayList<>(ids(page).reversed());
        while (page.previous().isPresent()) {
            page = page(order, page.previous());
            backwards.addAll(ids(page).reversed());
        }
        assertThat(backwards.reversed()).isEqualTo(expected);
        assertThat(page).isEqualTo(page(order, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void statesAreFilteredInEveryOrder(Order order) {
        crowd();
        for (Set<Standing> states : List.of(
                EnumSet.of(Standing.UNCERTAIN),
                EnumSet.of(Standing.ACTIVE),
                EnumSet.of(Standing.NEEDS_REAUTHORIZATION, Standing.UNCERTAIN),
                EnumSet.of(Standing.DISCONNECTED, Standing.ACTIVE))) {
            List<Account> found = search().find(client, new Wanted("", states, order, Optional.empty(), 200))
                    .accounts();
            assertThat(found)
                    .extracting(account -> Standing.of(account.state()))
                    .isSubsetOf(states);
            assertThat(found)
                    .hasSize(states.size() * SMALL
                            + (states.contains(Standing.UNCERTAIN) ? 1 : 0)
                            + (states.contains(Standing.ACTIVE) ? 1 : 0));
        }
    }

    @Test
    void partOfTheUsernameInAnyCaseFinds() {
        named("Ada_Lovelace", "1");
        named("grace", "2");
        assertThat(names("LOVE")).containsExactly("Ada_Lovelace");
        assertThat(names("@ada")).containsExactly("Ada_Lovelace");
        assertThat(names("  @GRACE ")).containsExactly("grace");
        assertThat(names("a")).containsExactly("Ada_Lovelace", "grace");
        assertThat(names("nobody")).isEmpty();
        assertThat(names("")).hasSize(2);
    }

    @Test
    void wildcardsAreOrdinaryCharacters() {
        named("ada_b", "1");
        named("adaXb", "2");
        assertThat(names("a_b")).containsExactly("ada_b");
        assertThat(names("%")).isEmpty();
        assertThat(names("!")).isEmpty();
        assertThat(names("ada%b")).isEmpty();
        assertThat(names("'; DROP TABLE grants; --")).isEmpty();
        assertThat(names("\u0000\ud83d\ude00\\")).isEmpty();
    }

    @Test
    void wholeIdsFind() {
        Account ada = named("ada", "1001");
        named("user_1001_b", "5");
        named("grace", "10012");
        assertThat(names(ada.id().value())).containsExactly("ada");
        assertThat(names("1001")).containsExactly("ada", "user_1001_b");
        assertThat(names("@1001")).containsExactly("user_1001_b");
        assertThat(names("10012")).containsExactly("grace");
        assertThat(names(Sample.accountId().value())).isEmpty();
        assertThat(search().find(
                                client,
                                new Wanted(
                                        ada.id().value(),
                                        Set.of(Standing.DISCONNECTED),
                                        Order.NAME,
                                        Optional.empty(),
                                        5))
                        .accounts())
                .isEmpty();
    }

    @Test
    void accountsOfOtherAppsAreNotFound() {
        named("ada", "1");
        tokens().connect(Sample.signedIn(client + "x", new XUser("1", "ada"), now()));
        assertThat(names("ada")).hasSize(1);
        assertThat(search().find(client + "y", all(Order.NAME, Optional.empty(), 5)))
                .isEqualTo(new Page(List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void nameIsTheNewestOne() {
        named("before", "1");
        clock().advance(Duration.ofSeconds(1));
        named("after", "1");
        assertThat(names("after")).containsExactly("after");
        assertThat(names("before")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void placeOfAnotherSearchIsRefused(Order order) {
        crowd();
        String next = page(order, Optional.empty()).next().orElseThrow();
        Order other = order == Order.NAME ? Order.EXPIRY : Order.NAME;
        for (Wanted foreign : List.of(
                all(other, Optional.of(next), SMALL),
                new Wanted("a", Set.of(), order, Optional.of(next), SMALL),
                new Wanted("", Set.of(Standing.ACTIVE), order, Optional.of(next), SMALL),
                all(order, Optional.of(next.substring(1)), SMALL),
                all(order, Optional.of("no base64!"), SMALL),
                all(order, Optional.of(""), SMALL))) {
            assertThatThrownBy(() -> search().find(client, foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("belongs to no page of this search")
                    .hasMessageContaining("Begin at the first page");
        }
        assertThatThrownBy(() -> search().find("another-app", all(order, Optional.of(next), SMALL)))
                .hasMessageContaining("belongs to no page of this search");
    }

    @Test
    void pagesStayInPlaceWhenAccountsComeAndGo() {
        Account b = named("b", "2");
        named("c", "3");
        Account d = named("d", "4");
        Page first = search().find(client, all(Order.NAME, Optional.empty(), 2));
        named("a", "1");
        named("bb", "5");
        Page second = search().find(client, all(Order.NAME, first.next(), 2));
        assertThat(ids(second)).containsExactly(d.id());
        assertThat(search().find(client, all(Order.NAME, second.previous(), 2)).accounts())
                .extracting(account -> account.user().username())
                .containsExactly("bb", "c");
        assertThat(ids(first)).startsWith(b.id());
    }

    @Test
    void upcomingRefreshesAreCountedByStep() {
        Instant start = now();
        due(start.minusSeconds(100));
        due(start);
        due(start.plusSeconds(59));
        due(start.plusSeconds(60));
        due(start.plusSeconds(179));
        due(start.plusSeconds(180));
        assertThat(search().upcoming(client, start, Duration.ofSeconds(60), 3)).containsExactly(3L, 1L, 1L);
        assertThat(search().upcoming(client + "x", start, Duration.ofSeconds(60), 2))
                .containsExactly(0L, 0L);
    }

    /** Three of each state, one refresh under way, and one whose process is gone. */
    private List<Account> crowd() {
        List<Account> all = new ArrayList<>();
        for (int i = 0; i < SMALL; i++) {
            Account active = connectedLater();
            Account uncertain = connectedLater();
            Lease sent = leased(uncertain.id(), one);
            tokens().settle(sent, new Settlement.Unknown(now(), now().plusSeconds(60), "no answer"));
            Account lost = connectedLater();
            Lease refused = leased(lost.id(), one);
            tokens().settle(refused, new Settlement.Refused(now(), new LossCause.RefusedByX(), "refused"));
            Account gone = connectedLater();
            tokens().disconnect(leased(gone.id(), one, Lease.Purpose.DISCONNECT), now(), "asked");
            all.addAll(List.of(active, uncertain, lost, gone));
        }
        Account late = connectedLater();
        leased(late.id(), one);
        clock().advance(LEASE.plusSeconds(1));
        Account underWay = connectedLater();
        leased(underWay.id(), one);
        all.addAll(List.of(late, underWay));
        return all;
    }

    private Account connectedLater() {
        clock().advance(Duration.ofMillis(1500));
        return connected();
    }

    private Account named(String username, String userId) {
        return tokens().connect(Sample.signedIn(client, new XUser(userId, username), now()));
    }

    private void due(Instant at) {
        SignedIn sample = Sample.signedIn(client, Sample.user(), now());
        tokens().connect(new SignedIn(
                sample.newId(), client, sample.user(), sample.pair(), at, now(), sample.node(), sample.how()));
    }

    private List<String> names(String text) {
        Wanted wanted = new Wanted(text, Set.of(), Order.NAME, Optional.empty(), 200);
        List<String> byName = search().find(client, wanted).accounts().stream()
                .map(account -> account.user().username())
                .toList();
        List<String> byExpiry =
                search()
                        .find(client, new Wanted(text, Set.of(), Order.EXPIRY, Optional.empty(), 200))
                        .accounts()
                        .stream()
                        .map(account -> account.user().username())
                        .toList();
        assertThat(byExpiry).containsExactlyInAnyOrderElementsOf(byName);
        assertThat(byName).isSortedAccordingTo(Comparator.comparing(String::toLowerCase));
        return byName;
    }

    private Page page(Order order, Optional<String> from) {
        return search().find(client, all(order, from, SMALL));
    }

    private static Wanted all(Order order, Optional<String> from, int limit) {
        return new Wanted("", Set.of(), order, from, limit);
    }

    private static List<AccountId> ids(Page page) {
        return page.accounts().stream().map(Account::id).toList();
    }
}
