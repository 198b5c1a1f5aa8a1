package dev.roost.server.v1;

import dev.roost.core.journal.EventLog;
import dev.roost.core.journal.LoggedEvent;
import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The log of one account, page by page, the newest first. */
record EventPages(EventLog log) {
    private static final int MOST = 500;
    private static final int USUAL = 50;

    Reply answer(Call call) {
        int limit = Parameters.of(call, "cursor", "limit").number("limit", 1, MOST, USUAL);
        OptionalLong before = call.query("cursor")
                .map(Cursor::readPlace)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
        List<LoggedEvent> found = log.newest(call.account(), before, limit + 1);
        List<LoggedEvent> page = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next =
                found.size() > limit ? Optional.of(Cursor.before(page.getLast().sequence())) : Optional.empty();
        return Reply.json(200, new PageJson(page.stream().map(EventJson::of).toList(), next));
    }
}
