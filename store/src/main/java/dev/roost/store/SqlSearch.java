package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.Cut;
import dev.roost.core.overview.Place;
import dev.roost.core.overview.Sought;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Walks the indexes of the migration V10: one for each order and state, whose beginnings are merged here. */
final class SqlSearch implements AccountSearch {
    static final String UPCOMING = """
            SELECT CASE WHEN due_at <= :from THEN 0 ELSE (due_at - :from) / :step END AS step, count(*) AS accounts
            FROM grants WHERE client_id = :clientId AND due_at IS NOT NULL AND due_at < :end GROUP BY 1
            """;

    private final SqlGate gate;
    private final GrantTable table;

    SqlSearch(SqlGate gate) {
        this.gate = gate;
        this.table = new GrantTable(gate);
    }

    @Override
    public Page find(String clientId, Wanted wanted) {
        Sought sought = Sought.of(wanted.text());
        return gate.read(handle -> {
            Map<String, Object> values = values(handle, clientId, sought);
            Cut cut = Cut.of(clientId, wanted, (from, back, limit) -> {
                Optional<String> sql = sought.isHopeless() ? Optional.empty() : sql(wanted, values, from, back);
                return sql.isEmpty() ? List.of() : places(handle, sql.get(), values, wanted.order(), from, back, limit);
            });
            return new Page(accounts(handle, cut.ids()), cut.next(), cut.previous());
        });
    }

    @Override
    public List<Long> upcoming(String clientId, Instant from, Duration step, int steps) {
        Map<Integer, Long> counts = gate.read(handle -> handle.createQuery(UPCOMING)
                .bind("clientId", clientId)
                .bind("from", from.toEpochMilli())
                .bind("step", step.toMillis())
                .bind("end", from.plus(step.multipliedBy(steps)).toEpochMilli())
                .map((row, _) -> Map.entry(row.getInt("step"), row.getLong("accounts")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return LongStream.range(0, steps)
                .mapToObj(index -> counts.getOrDefault(Math.toIntExact(index), 0L))
                .toList();
    }

    /** Returns the statement that walks; empty when nothing can be there. What it binds is among the values. */
    static Optional<String> sql(Wanted wanted, Map<String, Object> values, Optional<Place> from, boolean back) {
        String more = values.containsKey("only")
                ? " AND account_id = :only"
                : values.containsKey("same")
                        ? " AND (name_key LIKE :part ESCAPE '!' OR account_id = :same)"
                        : values.containsKey("part") ? " AND name_key LIKE :part ESCAPE '!'" : "";
        String sql = SearchSegment.of(wanted.order(), wanted.states()).stream()
                .map(segment -> segment.sql(from, back, more))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" UNION ALL "));
        return sql.isEmpty() ? Optional.empty() : Optional.of(sql);
    }

    private static Map<String, Object> values(Handle handle, String clientId, Sought sought) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("clientId", clientId);
        sought.id().ifPresent(id -> values.put("only", id.value()));
        sought.userId().flatMap(user -> accountOf(handle, clientId, user)).ifPresent(id -> values.put("same", id));
        if (!sought.part().isEmpty()) {
            values.put("part", "%" + sought.part().replaceAll("[!%_]", "!$0") + "%");
        }
        return values;
    }

    private static Optional<String> accountOf(Handle handle, String clientId, String xUserId) {
        return handle.createQuery("SELECT id FROM accounts WHERE client_id = :clientId AND x_user_id = :user")
                .bind("clientId", clientId)
                .bind("user", xUserId)
                .mapTo(String.class)
                .findOne();
    }

    private List<Place> places(
            Handle handle,
            String sql,
            Map<String, Object> values,
            Order order,
            Optional<Place> from,
            boolean back,
            int limit) {
        Query query = table.query(handle, sql).bindMap(values).bind("limit", limit);
        from.ifPresent(place -> bind(query, order, place));
        // The segments that are not sorted come whole.
        return query.map((row, _) -> place(row)).stream()
                .filter(place ->
                        from.isEmpty() || (back ? place.compareTo(from.get()) < 0 : place.compareTo(from.get()) > 0))
                .sorted(back ? Comparator.reverseOrder() : Comparator.naturalOrder())
                .limit(limit)
                .toList();
    }

    private static void bind(Query query, Order order, Place place) {
        query.bind("id", place.id().value());
        if (order == Order.NAME) {
            query.bind("key", place.name());
        } else {
            query.bind("key", place.number());
        }
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                row.getInt("place"),
                row.getLong("number"),
                row.getString("name"),
                new AccountId(row.getString("account_id")));
    }

    private List<Account> accounts(Handle handle, List<AccountId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<AccountId, Account> found = table.query(handle, GrantRow.SELECT + "WHERE a.id IN (<ids>)")
                .bindList("ids", ids.stream().map(AccountId::value).toList())
                .map((row, _) -> GrantRow.read(row).account())
                .collect(Collectors.toMap(Account::id, account -> account));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }
}
