package dev.roost.proof.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountState;
import dev.roost.core.Grant;
import dev.roost.core.TokenStore;
import dev.roost.simulator.Ledger;
import dev.roost.simulator.LedgerRequest;
import dev.roost.simulator.LedgerToken;
import dev.roost.simulator.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds what the store believes at the end against what the simulator knows, by the properties (a) to (d); (e) is judged when
 * a loss is reported. Its cost grows with the ledger and no faster.
 *
 * @param repeats how often a refresh token was sent again, each time named in the journal
 * @param met how many of them arrived while the first was still on its way, its sender having given it up
 */
record Verdict(int rotations, int repeats, int met) {
    private static final int ALL = 100_000;

    /** Judges all accounts, which are all signed in; throws an assertion error for a broken promise. */
    static Verdict of(TokenStore store, Ledger ledger) {
        Map<String, List<LedgerRequest>> sends = ledger.requests().stream()
                .filter(request -> request.grantType().equals("refresh_token"))
                .collect(Collectors.groupingBy(LedgerRequest::presented));
        Map<String, List<LedgerToken>> tokens = ledger.tokens().stream()
                .filter(token -> token.kind() == LedgerToken.Kind.REFRESH)
                .collect(Collectors.groupingBy(LedgerToken::userId));
        int repeats = 0;
        int met = 0;
        for (Account account : store.accounts(Scale.CLIENT_ID, Optional.empty(), ALL)) {
            List<LedgerToken> own = tokens.getOrDefault(account.user().id(), List.of());
            Map<Long, Integer> named = namedRetries(store, account);
            int again = 0;
            int meetings = 0;
            for (LedgerToken token : own) {
                List<LedgerRequest> all = sends.getOrDefault(token.value(), List.of());
                int judged = (int) all.stream()
                        .filter(request -> request.outcome().reachedGrant())
                        // X kept the token then, and it is to be sent again when the next access token is due.
                        .filter(request -> request.outcome() != Outcome.RENEWED_WITHOUT_ROTATION)
                        .count();
                again += Math.max(0, judged - 1);
                meetings += overlapping(all);
            }
            int retries = named.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(meetings)
                    .as("(a) one request in flight per refresh token of %s, but for guarded retries", account.user())
                    .isLessThanOrEqualTo(retries);
            met += meetings;
            assertThat(again)
                    .as("(b) every repeated send for %s is a guarded retry in the journal", account.user())
                    .isLessThanOrEqualTo(retries);
            repeats += again;
            isKept(store, account, own);
        }
        return new Verdict(ledger.rotations(), repeats, met);
    }

    private static Map<Long, Integer> namedRetries(TokenStore store, Account account) {
        Map<Long, Integer> named = new HashMap<>();
        store.events(account.id(), ALL).stream()
                .filter(event -> event.kind() == AccountEvent.Kind.GUARDED_RETRY)
                .forEach(event -> named.merge(event.generation(), 1, Integer::sum));
        return named;
    }

    /** How many arrived before one that had arrived earlier had ended. */
    private static int overlapping(List<LedgerRequest> sends) {
        long lastEnd = 0;
        int found = 0;
        for (LedgerRequest send : sends) {
            found += send.startTick() < lastEnd ? 1 : 0;
            lastEnd = Math.max(lastEnd, send.endTick());
        }
        return found;
    }

    private static void isKept(TokenStore store, Account account, List<LedgerToken> own) {
        assertThat(account.state())
                .as("%s is decided at the end", account.user())
                .isInstanceOf(AccountState.Active.class);
        Optional<String> live =
                own.stream().filter(LedgerToken::live).map(LedgerToken::value).findFirst();
        Optional<String> kept = store.grant(account.id())
                .map(Grant::tokens)
                .map(pair -> pair.refresh().expose());
        assertThat(kept.equals(live) && live.isPresent())
                .as("(c), (d) the pair that is kept of %s is the one that X accepts", account.user())
                .isTrue();
    }
}
