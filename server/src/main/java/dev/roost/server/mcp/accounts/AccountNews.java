package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Engine;
import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Ending;
import dev.roost.core.EngineEvent.Subject;
import dev.roost.core.SignInStatus;
import dev.roost.core.StoreUnavailableException;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Changes.Change;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Announces that an account stands otherwise than before. A listener of the engine: only what this process did is heard of.
 * Safe for many threads.
 */
public final class AccountNews implements Consumer<EngineEvent> {
    private final Changes changes;
    private final Function<String, Optional<Account>> signIns;
    private final Executor executor;

    /**
     * Announces there.
     *
     * @param signIns finds the account that a sign-in connected, by the sign-in's id; may ask the store
     * @param executor where that is asked, for the engine does not wait
     */
    public AccountNews(Changes changes, Function<String, Optional<Account>> signIns, Executor executor) {
        this.changes = changes;
        this.signIns = signIns;
        this.executor = executor;
    }

    /** Finds the account of a sign-in in the engine's store. */
    public static Function<String, Optional<Account>> connectedBy(Supplier<Engine> engine) {
        return id -> engine.get()
                .signInFlow()
                .find(id)
                .flatMap(signIn -> signIn.status() instanceof SignInStatus.Connected done
                        ? Optional.of(
                                engine.get().accounts().find(done.account().value()))
                        : Optional.empty());
    }

    @Override
    public void accept(EngineEvent event) {
        switch (event) {
            case EngineEvent.RefreshEnded ended
            when ended.subject() instanceof Subject.Kept kept -> announce(changes, kept.account(), kept.username());
            case EngineEvent.GrantLost lost -> announce(changes, lost.account());
            case EngineEvent.SignInEnded ended when ended.ending() == Ending.CONNECTED -> lookUp(ended.signIn());
            case EngineEvent.RefreshEnded of -> {}
            case EngineEvent.SignInEnded of -> {}
            case EngineEvent.RefreshStarted of -> {}
            case EngineEvent.AnswerSpooled of -> {}
            case EngineEvent.SpoolDrained of -> {}
            case EngineEvent.BreakerOpened of -> {}
            case EngineEvent.BreakerClosed of -> {}
        }
    }

    private void lookUp(String signIn) {
        try {
            executor.execute(() -> tellOf(signIn));
        } catch (RejectedExecutionException stopped) {
            System.getLogger(AccountNews.class.getName())
                    .log(System.Logger.Level.DEBUG, "a sign-in is not announced, for this process stops");
        }
    }

    private void tellOf(String signIn) {
        try {
            Optional<Account> account = signIns.apply(signIn);
            account.ifPresentOrElse(
                    known -> announce(changes, known),
                    () -> changes.announce(new Change.Content(AccountResources.ACCOUNTS)));
        } catch (StoreUnavailableException e) {
            changes.announce(new Change.Content(AccountResources.ACCOUNTS));
        }
    }

    /** Announces that this account stands otherwise than before. */
    static void announce(Changes changes, Account account) {
        announce(changes, account.id(), account.user().username());
    }

    private static void announce(Changes changes, AccountId account, String username) {
        String as = AccountResources.ACCOUNTS + "/" + account;
        changes.announce(new Change.Content(AccountResources.ACCOUNTS, as));
        changes.announce(new Change.Content(as));
        changes.announce(new Change.Content(AccountResources.ACCOUNTS + "/@" + username, as));
    }
}
