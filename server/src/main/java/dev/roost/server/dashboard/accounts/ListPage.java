package dev.roost.server.dashboard.accounts;

import dev.roost.core.access.KeyScope;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.AccountSearch.Page;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.Shell;
import dev.roost.server.http.Call;
import dev.roost.server.http.Reply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The list of all accounts: searched, filtered, ordered, page by page. The same address gives the list alone to htmx. */
record ListPage(Pages pages, AccountSearch search, String clientId, InstantSource clock) {
    Reply answer(Call call) {
        ListQuery query = ListQuery.of(call);
        ListView view;
        int status = 200;
        try {
            view = view(query, "");
        } catch (IllegalArgumentException foreign) {
            status = 400;
            view = view(
                    query.first(), "This address does not lead into this list any more, so here is its first page.");
        }
        boolean mayWrite = call.caller().has(KeyScope.ACCOUNTS_WRITE);
        Reply reply = call.header("HX-Request").isPresent()
                ? pages.part(status, "accounts/rows.jte", Map.of("view", view, "mayWrite", mayWrite))
                : pages.page(
                        call,
                        status,
                        Optional.of(Shell.Section.ACCOUNTS),
                        "Accounts",
                        "accounts/list.jte",
                        Map.of("view", view));
        return reply.with("Vary", "HX-Request");
    }

    private ListView view(ListQuery query, String trouble) {
        Page page = search.find(clientId, query.wanted());
        Instant now = clock.instant();
        return new ListView(
                query,
                page.accounts().stream().map(account -> Row.of(account, now)).toList(),
                page.next().map(cursor -> query.from(cursor).address()),
                page.previous().map(cursor -> query.from(cursor).address()),
                trouble,
                now);
    }
}
