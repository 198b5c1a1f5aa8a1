package dev.roost.server.v1;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.Engine;
import dev.roost.core.access.ApiKey;
import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The list of accounts, page by page in order of id. Every page but the last is full, whatever is left out. */
record AccountPages(Engine engine) {
    private static final int MOST = 200;
    private static final int USUAL = 50;
    private static final String STATES = "active|needs_reauthorization|uncertain|disconnected";

    Reply answer(Call call) {
        Parameters query = Parameters.of(call, "state", "cursor", "limit");
        Optional<String> state = query.text("state", STATES, STATES.replace("|", ", "));
        int limit = query.number("limit", 1, MOST, USUAL);
        Optional<AccountId> after = call.query("cursor").map(Cursor::read);
        Predicate<Account> wanted =
                account -> state.isEmpty() || state.get().equals(account.state().label());
        List<Account> found = call.caller().isLimited()
                ? some(call.caller().key().map(ApiKey::accounts).orElse(Set.of()), after, limit + 1, wanted)
                : new AccountList(engine.accounts()).first(after, limit + 1, wanted);
        List<Account> page = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next =
                found.size() > limit ? Optional.of(Cursor.after(page.getLast().id())) : Optional.empty();
        return Reply.json(200, new PageJson(page.stream().map(AccountJson::of).toList(), next));
    }

    /** The accounts that a limited key covers are few; each is looked up. */
    private List<Account> some(Set<AccountId> ids, Optional<AccountId> after, int most, Predicate<Account> wanted) {
        return ids.stream()
                .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
                .sorted()
                .flatMap(this::find)
                .filter(wanted)
                .limit(most)
                .toList();
    }

    private Stream<Account> find(AccountId id) {
        try {
            return Stream.of(engine.accounts().find(id.value()));
        } catch (AccountNotFoundException otherApp) {
            return Stream.empty();
        }
    }
}
