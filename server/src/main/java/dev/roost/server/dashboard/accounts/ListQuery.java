package dev.roost.server.dashboard.accounts;

import dev.roost.core.overview.AccountSearch.Order;
import dev.roost.core.overview.AccountSearch.Wanted;
import dev.roost.core.overview.Standing;
import dev.roost.server.http.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Which part of the list a page shows, as its address says. What an address has beside that is passed over.
 *
 * @param text what is searched for
 * @param state the only state that is shown; empty: all
 * @param sort how the list is ordered
 * @param from where the page begins
 */
public record ListQuery(String text, Optional<Standing> state, Sort sort, Optional<String> from) {
    /** Where the list is. */
    static final String PATH = "/dashboard/accounts";

    static final int PAGE = 50;
    private static final int LONGEST = 100;

    /** The orders, as addresses and people call them. */
    public enum Sort {
        /** The usual one. */
        ATTENTION(Order.ATTENTION, "attention", "Needs attention first"),
        /** By name. */
        NAME(Order.NAME, "name", "Name, A to Z"),
        /** By expiry. */
        EXPIRY(Order.EXPIRY, "expiry", "Token expires first"),
        /** By next refresh. */
        NEXT_REFRESH(Order.NEXT_REFRESH, "refresh", "Next refresh first"),
        /** By sign-in. */
        CONNECTED(Order.CONNECTED, "connected", "Newest first");

        private final Order order;
        private final String word;
        private final String label;

        Sort(Order order, String word, String label) {
            this.order = order;
            this.word = word;
            this.label = label;
        }

        /** Returns the word of addresses. */
        public String word() {
            return word;
        }

        /** Returns what people call it. */
        public String label() {
            return label;
        }

        private static Sort of(String word) {
            return Arrays.stream(values())
                    .filter(sort -> sort.word.equals(word))
                    .findFirst()
                    .orElse(ATTENTION);
        }
    }

    static ListQuery of(Call call) {
        String text = call.query("q").orElse("").strip();
        return new ListQuery(
                text.substring(0, Math.min(LONGEST, text.length())),
                call.query("state").flatMap(Standing::of),
                Sort.of(call.query("sort").orElse("")),
                call.query("from").filter(cursor -> !cursor.isEmpty()));
    }

    Wanted wanted() {
        return new Wanted(text, state.map(Set::of).orElse(Set.of()), sort.order, from, PAGE);
    }

    /** Tells whether every account is on the list. */
    public boolean isAll() {
        return text.isEmpty() && state.isEmpty();
    }

    /** Returns the same list in another order, from its beginning. */
    public ListQuery sorted(Sort other) {
        return new ListQuery(text, state, other, Optional.empty());
    }

    /** Returns the same list from its beginning. */
    public ListQuery first() {
        return sorted(sort);
    }

    ListQuery from(String cursor) {
        return new ListQuery(text, state, sort, Optional.of(cursor));
    }

    /** Returns the address. */
    public String address() {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        if (!text.isEmpty()) {
            query.add("q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
        state.ifPresent(only -> query.add("state=" + only.label()));
        if (sort != Sort.ATTENTION) {
            query.add("sort=" + sort.word);
        }
        from.ifPresent(cursor -> query.add("from=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
        return PATH + query;
    }
}
