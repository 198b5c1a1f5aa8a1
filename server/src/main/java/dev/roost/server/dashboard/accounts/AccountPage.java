package dev.roost.server.dashboard.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.Shell;
import dev.roost.server.http.Call;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.server.v1.Setup;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The page of an account. The same address gives what changes on it alone to htmx. */
record AccountPage(Pages pages, Setup setup, Timeline timeline) {
    /** What has just been done, as an address says it: no other text gets onto the page that way. */
    enum Done {
        REFRESHED("Refreshed: Roost keeps a new pair."),
        CONNECTED("Connected. Roost keeps this account signed in from now on."),
        DISCONNECTED("Disconnected. The newest entry of its story says what X was told.");

        private final String text;

        Done(String text) {
            this.text = text;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private static Optional<String> text(String word) {
            return java.util.Arrays.stream(values())
                    .filter(done -> done.word().equals(word))
                    .map(done -> done.text)
                    .findFirst();
        }
    }

    static String address(AccountId account) {
        return ListQuery.PATH + "/" + account;
    }

    Reply answer(Call call) {
        AccountView view = view(call, call.query("done").flatMap(Done::text), Optional.empty());
        Reply reply = call.header("HX-Request").isPresent()
                ? pages.part(
                        "accounts/standing.jte",
                        Map.of("view", view, "csrf", call.session().csrf().expose()))
                : page(call, 200, view);
        return reply.with("Vary", "HX-Request");
    }

    /** Returns the page with what has just failed on top. */
    Reply failed(Call call, int status, String trouble) {
        return page(call, status, view(call, Optional.empty(), Optional.of(trouble)));
    }

    /** Sends the browser to the page, which says then what was done. */
    static Reply goTo(AccountId account, Done done) {
        return Pages.goTo(address(account) + "?done=" + done.word());
    }

    Account account(Call call) {
        return setup.engine().accounts().find(call.account().value());
    }

    private Reply page(Call call, int status, AccountView view) {
        return pages.page(
                call,
                status,
                Optional.of(Shell.Section.ACCOUNTS),
                "@" + view.account().user().username(),
                "accounts/account.jte",
                Map.of("view", view));
    }

    private AccountView view(Call call, Optional<String> notice, Optional<String> trouble) {
        Account account = account(call);
        Instant now = setup.clock().instant();
        boolean mayWrite = call.caller().has(KeyScope.ACCOUNTS_WRITE);
        Timeline.From from = call.method().equals("POST") ? Timeline.From.NEWEST : from(call);
        Timeline.Part part = timeline.read(account.id(), from, call.caller().has(KeyScope.ADMIN));
        return new AccountView(
                account,
                Advice.of(account, now, mayWrite),
                mayWrite,
                notice,
                trouble,
                part.moments(),
                part.older(),
                from.equals(Timeline.From.NEWEST) ? "" : from.write(),
                now);
    }

    private static Timeline.From from(Call call) {
        return call.query("from")
                .map(text -> Timeline.From.read(text)
                        .orElseThrow(() -> ProblemException.invalid(
                                "this address does not lead into the story of an account; begin at the newest entry")))
                .orElse(Timeline.From.NEWEST);
    }
}
