package dev.roost.core.overview;

import dev.roost.core.AccountId;
import dev.roost.core.overview.AccountSearch.Wanted;
import java.util.List;
import java.util.Optional;

/**
 * A page cut out of an order, not yet with its accounts. What all implementations of {@link AccountSearch} share.
 *
 * @param ids which accounts, in order
 * @param next where the next page begins
 * @param previous where the page before begins
 */
public record Cut(List<AccountId> ids, Optional<String> next, Optional<String> previous) {
    /** Copies the list. */
    public Cut {
        ids = List.copyOf(ids);
    }

    /** The places of an order, as a store walks through them. */
    @FunctionalInterface
    public interface Places {
        /**
         * Returns the places nearest to one, the nearest first, without that one.
         *
         * @param from empty: beyond the beginning, or going back, beyond the end
         * @param back whether to go towards the beginning
         */
        List<Place> beside(Optional<Place> from, boolean back, int limit);
    }

    /**
     * Cuts the wanted page.
     *
     * @throws IllegalArgumentException if {@link Wanted#from} is of another search
     */
    public static Cut of(String clientId, Wanted wanted, Places places) {
        Optional<Bookmark> from = wanted.from().map(text -> Bookmark.read(text, clientId, wanted));
        List<Place> page = from.filter(Bookmark::back).isPresent()
                ? before(from.get().place(), wanted.limit(), places)
                : after(from.map(Bookmark::place), wanted.limit(), places);
        return new Cut(
                page.stream().map(Place::id).toList(),
                edge(page, false, places).map(mark -> mark.write(clientId, wanted)),
                edge(page, true, places).map(mark -> mark.write(clientId, wanted)));
    }

    /** Where everything after the mark is gone, the page before it is shown. */
    private static List<Place> after(Optional<Place> mark, int limit, Places places) {
        List<Place> found = places.beside(mark, false, limit);
        return found.isEmpty() && mark.isPresent() ? before(mark.get(), limit, places) : found;
    }

    /** A page at the beginning that would not be full is the first page. */
    private static List<Place> before(Place mark, int limit, Places places) {
        List<Place> found = places.beside(Optional.of(mark), true, limit);
        return found.size() < limit ? places.beside(Optional.empty(), false, limit) : found.reversed();
    }

    private static Optional<Bookmark> edge(List<Place> page, boolean back, Places places) {
        if (page.isEmpty()) {
            return Optional.empty();
        }
        Place last = back ? page.getFirst() : page.getLast();
        return places.beside(Optional.of(last), back, 1).isEmpty()
                ? Optional.empty()
                : Optional.of(new Bookmark(last, back));
    }
}
