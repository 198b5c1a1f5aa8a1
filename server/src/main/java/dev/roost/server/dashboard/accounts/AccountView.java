package dev.roost.server.dashboard.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.server.dashboard.frame.When;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the page of an account shows.
 *
 * @param account the account
 * @param advice how it stands and what to do
 * @param mayWrite whether the visitor may change it
 * @param notice what has just been done; empty for nothing
 * @param trouble what has just failed; empty for nothing
 * @param moments this part of its story
 * @param older where the older part begins
 * @param from where this part begins; empty for the newest
 * @param now the time of day
 */
public record AccountView(
        Account account,
        Advice advice,
        boolean mayWrite,
        Optional<String> notice,
        Optional<String> trouble,
        List<Moment> moments,
        Optional<String> older,
        String from,
        Instant now) {
    /** Copies the list. */
    public AccountView {
        moments = List.copyOf(moments);
    }

    /** Tells whether a time has come. */
    public boolean isPast(Instant time) {
        return !time.isAfter(now);
    }

    /** Returns a time as pages show it. */
    public When when(Instant time) {
        return new When(time, now);
    }

    /** Returns the address of the page. */
    public String address() {
        return AccountPage.address(account.id());
    }

    /** Returns the address of what is shown now. */
    public String partAddress() {
        return from.isEmpty() ? address() : address() + "?from=" + from;
    }

    /** Tells whether this part of the story begins with the newest. */
    public boolean isNewest() {
        return from.isEmpty();
    }

    /** Returns the address of the older part of the story. */
    public String olderAddress() {
        return address() + "?from=" + older.orElse("");
    }

    /** Tells whether a refresh can be asked for. */
    public boolean canRefresh() {
        return switch (account.state()) {
            case AccountState.Active a -> true;
            case AccountState.Uncertain u -> true;
            case AccountState.NeedsReauthorization n -> false;
            case AccountState.Disconnected d -> false;
        };
    }

    /** Tells whether it is in Roost. */
    public boolean isKept() {
        return !(account.state() instanceof AccountState.Disconnected);
    }

    /** Tells whether signing in is what it needs. */
    public boolean needsSignIn() {
        return account.state() instanceof AccountState.NeedsReauthorization;
    }

    /** Returns what the button says that leads to X. */
    public String signInLabel() {
        return needsSignIn() ? "Sign in again" : isKept() ? "Reconnect" : "Connect again";
    }

    /** Returns when the access token expires or did; empty where there is none. */
    public Optional<Instant> expires() {
        return isKept() ? Optional.of(account.accessExpiresAt()) : Optional.empty();
    }

    /** Tells whether the access token has expired. */
    public boolean isExpired() {
        return !account.accessExpiresAt().isAfter(now);
    }

    /** Returns when the next refresh is due; empty where there will be none. */
    public Optional<Instant> nextRefresh() {
        return Row.nextRefresh(account.state());
    }

    /** Returns the fingerprint of the refresh token that was last sent, as far as this part of the story tells. */
    public Optional<String> fingerprint() {
        return moments.stream()
                .flatMap(moment -> moment.notes().stream())
                .filter(note -> note.name().equals("fingerprint"))
                .map(Moment.Note::value)
                .findFirst();
    }
}
