package dev.roost.server.dashboard.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.KeeperException;
import dev.roost.server.dashboard.accounts.AccountPage.Done;
import dev.roost.server.dashboard.frame.PageErrors;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.Shell;
import dev.roost.server.http.Call;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Problems;
import dev.roost.server.http.Reply;
import dev.roost.server.v1.OnDemand;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What people do with an account on its page. What fails is told there, in plain words. */
record AccountActions(AccountPage page, Pages pages, Problems problems) {
    Reply refresh(Call call) {
        Account account = page.account(call);
        try {
            Account after =
                    new OnDemand(page.setup().engine(), page.setup().clock()).refresh(account, OptionalLong.empty());
            return AccountPage.goTo(after.id(), Done.REFRESHED);
        } catch (KeeperException | ProblemException e) {
            Problem problem = problems.of(e, Optional.of(account.id()));
            return page.failed(call, problem.status(), PageErrors.words(problem))
                    .because(problem);
        }
    }

    Reply askDisconnect(Call call) {
        return disconnectPage(call, page.account(call), 200, "");
    }

    Reply disconnect(Call call) {
        Account account = page.account(call);
        String typed = call.form().text("username").orElse("");
        if (!isName(typed, account)) {
            Problem problem = Problem.lasting(
                    422,
                    "wrong_username",
                    "type the username @" + account.user().username() + " to confirm");
            return disconnectPage(
                            call,
                            account,
                            problem.status(),
                            (typed.isEmpty() ? "Nothing was typed" : "That is not its username")
                                    + ", so nothing was disconnected.")
                    .because(problem);
        }
        try {
            page.setup().engine().disconnector().disconnect(account.id());
            return AccountPage.goTo(account.id(), Done.DISCONNECTED);
        } catch (KeeperException | ProblemException e) {
            Problem problem = problems.of(e, Optional.of(account.id()));
            return page.failed(call, problem.status(), PageErrors.words(problem))
                    .because(problem);
        }
    }

    private static boolean isName(String typed, Account account) {
        String bare = typed.startsWith("@") ? typed.substring(1) : typed;
        return bare.equalsIgnoreCase(account.user().username());
    }

    private Reply disconnectPage(Call call, Account account, int status, String trouble) {
        if (account.state() instanceof AccountState.Disconnected) {
            return AccountPage.goTo(account.id(), Done.DISCONNECTED);
        }
        return pages.page(
                call,
                status,
                Optional.of(Shell.Section.ACCOUNTS),
                "Disconnect @" + account.user().username(),
                "accounts/disconnect.jte",
                Map.of("account", account, "trouble", trouble));
    }
}
