package dev.roost.server.dashboard.accounts;

import dev.roost.core.Account;
import dev.roost.core.Scopes;
import dev.roost.core.SignIn;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInOrigin;
import dev.roost.core.SignInStatus;
import dev.roost.server.dashboard.accounts.AccountPage.Done;
import dev.roost.server.dashboard.frame.PageErrors;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.Shell;
import dev.roost.server.http.Call;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.server.pages.OwnReturn;
import dev.roost.server.v1.Reauthorizations;
import dev.roost.server.v1.Setup;
import java.util.Map;
import java.util.Optional;

/** Sign-ins that begin in the dashboard: the person consents at X and comes back to the page of the account. */
record SignIns(Pages pages, Setup setup) {
    /** Where it begins. */
    static final String PATH = "/dashboard/connect";

    Reply ask(Call call) {
        return page(call, 200, "", Optional.empty());
    }

    Reply connect(Call call) {
        return begin(call, setup.scopes(), Optional.empty());
    }

    /** Begins the sign-in of the very user of an account, with what it had. */
    Reply reconnect(Call call) {
        Account account = setup.engine().accounts().find(call.account().value());
        return begin(
                call,
                new Reauthorizations(setup).scopes(account),
                Optional.of(account.user().id()));
    }

    private Reply begin(Call call, Scopes scopes, Optional<String> expectedUser) {
        SignInOrigin origin = new SignInOrigin(
                Optional.empty(),
                Optional.of(OwnReturn.to(call.origin())),
                Optional.of(call.caller().name()));
        SignInFlow.Started started =
                setup.engine().signInFlow().start(setup.callbackUrl(), scopes, expectedUser, origin);
        return Pages.goTo(started.authorizationUrl().toString());
    }

    /** Where X's consent leads back to in the end: to the page of the account, or to what went wrong. */
    Reply arrived(Call call) {
        SignIn signIn = call.query("connectionId")
                .flatMap(setup.engine().signInFlow()::find)
                .filter(OwnReturn::isOf)
                .orElseThrow(() -> new ProblemException(Problem.lasting(
                        404, "connection_not_found", "no sign-in that began in this dashboard has led here")));
        return switch (signIn.status()) {
            case SignInStatus.Connected done -> AccountPage.goTo(done.account(), Done.CONNECTED);
            case SignInStatus.Denied no ->
                page(
                        call,
                        403,
                        "Access was not granted: somebody said no on X's page. Nothing was changed.",
                        again(signIn));
            case SignInStatus.Expired late ->
                page(
                        call,
                        410,
                        "The sign-in was begun more than 10 minutes ago, and so X's answer was not used. Nothing was changed.",
                        again(signIn));
            case SignInStatus.Failed failed -> page(call, 409, PageErrors.sentence(failed.message()), again(signIn));
            case SignInStatus.Pending open -> waiting(call);
            case SignInStatus.Exchanging open -> waiting(call);
            case SignInStatus.Exchanged kept -> waiting(call);
        };
    }

    private Reply waiting(Call call) {
        return pages.page(
                call,
                202,
                Optional.of(Shell.Section.ACCOUNTS),
                "Almost connected",
                "accounts/waiting.jte",
                Map.of("address", call.rawPath() + "?" + call.rawQuery()));
    }

    /** Returns the account that the sign-in was for, if it was for one. */
    private Optional<Account> again(SignIn signIn) {
        return signIn.expectedUser().map(setup.engine().accounts()::find);
    }

    private Reply page(Call call, int status, String trouble, Optional<Account> account) {
        return pages.page(
                call,
                status,
                Optional.of(Shell.Section.ACCOUNTS),
                "Connect an account",
                "accounts/connect.jte",
                Map.of("trouble", trouble, "account", account, "scopes", setup.scopes()));
    }
}
