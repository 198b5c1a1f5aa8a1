package dev.roost.server.dashboard.accounts;

import dev.roost.core.access.KeyScope;
import dev.roost.core.journal.EventLog;
import dev.roost.core.overview.AccountSearch;
import dev.roost.server.dashboard.frame.PageErrors;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.SignIn;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Guards;
import dev.roost.server.http.Problems;
import dev.roost.server.http.Route;
import dev.roost.server.pages.OwnReturn;
import dev.roost.server.v1.Reauthorizations;
import dev.roost.server.v1.Setup;
import java.util.List;
import java.util.Set;

/** The part of the dashboard that is about accounts. What changes one has the name of the same deed of the API, in the audit trail too. */
public final class AccountSection {
    private static final String ACCOUNT = ListQuery.PATH + "/{account}";
    private static final Set<KeyScope> WRITERS = Set.of(KeyScope.ACCOUNTS_WRITE);

    private final ListPage list;
    private final AccountPage account;
    private final AccountActions actions;
    private final SignIns signIns;

    /** Shows the accounts that the setup's engine keeps. */
    public AccountSection(
            Pages pages, Setup setup, AccountSearch search, EventLog log, Guards guards, String clientId) {
        this.list = new ListPage(pages, search, clientId, setup.clock());
        this.account = new AccountPage(pages, setup, new Timeline(log, setup.audit(), guards.keys()));
        this.actions = new AccountActions(account, pages, new Problems(setup.clock(), new Reauthorizations(setup)));
        this.signIns = new SignIns(pages, setup);
    }

    /** Returns the routes. */
    public List<Route> routes(PageErrors errors) {
        return List.of(
                reading(errors, ListQuery.PATH, "dashboard.accounts", list::answer),
                reading(errors, ACCOUNT, "dashboard.account", account::answer),
                reading(errors, OwnReturn.PATH, "dashboard.arrived", signIns::arrived),
                writing(errors, "GET", SignIns.PATH, "dashboard.connect", signIns::ask),
                writing(errors, "POST", SignIns.PATH, "accounts.connect", signIns::connect),
                writing(errors, "POST", ACCOUNT + "/refresh", "accounts.refresh", actions::refresh),
                writing(errors, "POST", ACCOUNT + "/reconnect", "accounts.connect", signIns::reconnect),
                writing(errors, "GET", ACCOUNT + "/disconnect", "dashboard.disconnect", actions::askDisconnect),
                writing(errors, "POST", ACCOUNT + "/disconnect", "accounts.disconnect", actions::disconnect));
    }

    private static Route reading(PageErrors errors, String path, String operation, Endpoint endpoint) {
        return Route.browser("GET", path, operation, SignIn.READERS, errors, endpoint);
    }

    private static Route writing(PageErrors errors, String method, String path, String operation, Endpoint endpoint) {
        return Route.browser(method, path, operation, WRITERS, errors, endpoint);
    }
}
