package dev.roost.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountEvent.Kind;
import dev.roost.core.AccountState.NeedsReauthorization;
import dev.roost.core.Grant;
import dev.roost.core.LossCause;
import dev.roost.core.TokenStore;
import dev.roost.simulator.Ledger;
import dev.roost.simulator.LedgerToken;
import java.util.List;
import java.util.Optional;

/**
 * Holds what a store believes against what the simulator knows, by the properties that the README promises:
 *
 * <ul>
 *   <li>(a) no refresh token is in flight twice at once
 *   <li>(b) no refresh token is sent twice, except by a guarded retry that the journal names
 *   <li>(c), (d) the pair that is kept is the one that X accepts
 *   <li>(e) otherwise the answer was lost on its way, and the account says exactly that
 * </ul>
 */
record Judge(TokenStore store, Ledger ledger, String clientId) {
    private static final int ALL = 100_000;

    /** How many grants are lost, each of which must be reported as a lost answer. */
    record Finding(int accounts, int lost, int rotations) {}

    /** Judges all accounts; throws an assertion error for a broken promise. */
    Finding judge() {
        assertThat(ledger.overlapping())
                .as("(a) one request in flight per refresh token")
                .isEmpty();
        List<Account> accounts = store.accounts(clientId, Optional.empty(), ALL);
        int lost = 0;
        for (Account account : accounts) {
            everyRepeatIsInTheJournal(account);
            lost += isLost(account) ? 1 : 0;
        }
        return new Finding(accounts.size(), lost, ledger.rotations());
    }

    private void everyRepeatIsInTheJournal(Account account) {
        long repeats = ledger.tokensOf(account.user().id()).stream()
                .filter(token -> token.kind() == LedgerToken.Kind.REFRESH)
                .mapToInt(token -> ledger.timesPresented(token.value()))
                .filter(times -> times > 1)
                .mapToLong(times -> times - 1)
                .sum();
        long named = store.events(account.id(), ALL).stream()
                .map(AccountEvent::kind)
                .filter(Kind.GUARDED_RETRY::equals)
                .count();
        assertThat(repeats)
                .as("(b) every repeated send of %s is a guarded retry in the journal", account.user())
                .isLessThanOrEqualTo(named);
    }

    private boolean isLost(Account account) {
        Optional<String> live = ledger.liveRefreshToken(clientId, account.user().id());
        Optional<String> kept = store.grant(account.id())
                .map(Grant::tokens)
                .map(tokens -> tokens.refresh().expose());
        if (live.isPresent() && live.equals(kept)) {
            assertThat(account.state())
                    .as("%s is alive at X and must not be reported lost", account.user())
                    .isNotInstanceOf(NeedsReauthorization.class);
            return false;
        }
        assertThat(account.state())
                .as("(e) %s is lost and must say so", account.user())
                .isInstanceOfSatisfying(
                        NeedsReauthorization.class,
                        gone -> assertThat(gone.cause()).isInstanceOf(LossCause.AnswerLost.class));
        return true;
    }
}
