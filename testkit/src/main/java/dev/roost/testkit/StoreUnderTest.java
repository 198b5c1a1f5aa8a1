package dev.roost.testkit;

import dev.roost.core.AppStates;
import dev.roost.core.SignInStore;
import dev.roost.core.TokenStore;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.AuditStore;
import dev.roost.core.journal.EventLog;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.posting.AttemptStore;

/** A store as its contract reaches it. */
public interface StoreUnderTest {
    /** Returns the grants. */
    TokenStore tokens();

    /** Returns the sign-ins. */
    SignInStore signIns();

    /** Returns the API keys. */
    ApiKeyStore apiKeys();

    /** Returns the audit trail. */
    AuditStore audit();

    /** Returns the attempts to publish. */
    AttemptStore attempts();

    /** Returns how refreshes went. */
    RefreshHistory history();

    /** Returns the search for accounts. */
    AccountSearch search();

    /** Returns the logs of the accounts. */
    EventLog events();

    /** Returns which apps X rejects. */
    AppStates appStates();

    /** Returns the clock that the store measures leases by. */
    ManualClock clock();

    /** Closes the store and opens it again on the same data; does nothing where there is nothing to reopen. */
    void reopen();
}
