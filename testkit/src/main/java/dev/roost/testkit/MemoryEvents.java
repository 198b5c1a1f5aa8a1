package dev.roost.testkit;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.Asked;
import dev.roost.core.LossCause;
import dev.roost.core.RefreshToken;
import dev.roost.core.journal.LoggedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The logs of a {@link MemoryTokens}, which guards them with its lock. */
final class MemoryEvents {
    private final List<LoggedEvent> entries = new ArrayList<>();

    void add(AccountEvent event, Optional<Asked> asked, Optional<RefreshToken> token, Optional<LossCause> cause) {
        long before = entries.stream()
                .filter(entry -> entry.event().account().equals(event.account()))
                .count();
        entries.add(new LoggedEvent(before + 1, event, asked, token.map(MemoryEvents::fingerprint), cause));
    }

    List<LoggedEvent> newest(AccountId id, OptionalLong before, int limit) {
        return entries.reversed().stream()
                .filter(entry -> entry.event().account().equals(id))
                .filter(entry -> entry.sequence() < before.orElse(Long.MAX_VALUE))
                .limit(limit)
                .toList();
    }

    long count() {
        return entries.size();
    }

    /** Not keyed, as tokens in memory need no hiding. */
    private static String fingerprint(RefreshToken token) {
        return UUID.nameUUIDFromBytes(token.expose().getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
