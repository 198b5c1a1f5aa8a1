package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.Tool.Hints;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.http.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tools about the accounts themselves: which there are, how they stand, connecting and disconnecting. */
record AccountFamily(Errands errands, Means means, Connecting connecting) {
    private static final List<String> STATES = List.of("active", "uncertain", "needs_reauthorization", "disconnected");
    private static final Hints LOOKS = new Hints(true, false, true, false);
    private static final int MOST = 200;
    private static final int USUAL = 50;
    private static final int EVENTS = 10;

    AccountFamily(Errands errands, Means means) {
        this(errands, means, new Connecting(errands, means));
    }

    List<Tool> all() {
        return List.of(list(), status(), connect(), disconnect());
    }

    private Tool list() {
        return new Tool(
                "twitter_list_accounts",
                "List connected X accounts",
                "Lists the X accounts that Roost keeps and that you may use, with their state and what to do next. Use it"
                        + " first, to learn the names for the argument account of other tools. Costs nothing at X. A list"
                        + " without accounts means: call twitter_connect_account.",
                LOOKS,
                Schema.closed(
                        Schema.optional("state", Schema.oneOf("Only accounts in this state.", STATES)),
                        Schema.optional("limit", Schema.integer("How many at most; 50 if it is left out.", 1, MOST)),
                        Schema.optional("cursor", Shape.name("nextCursor of the page before; not for the first."))),
                Optional.of(Shape.output(
                        Schema.required("accounts", Schema.list("In order of id.", account())),
                        Schema.optional("nextCursor", Schema.string("There are more; give it as cursor.")))),
                this::listed);
    }

    private ToolOutcome listed(ObjectNode arguments, Call call) throws InterruptedException {
        Args args = new Args(arguments);
        return errands.free("accounts.list", KeyScope.ACCOUNTS_READ, call, () -> {
            int limit = args.number("limit", USUAL);
            Optional<String> state = args.text("state");
            List<Account> found = errands.desk()
                    .covered(
                            args.text("cursor").map(AccountFamily::cursor),
                            limit + 1,
                            call.principal(),
                            account -> state.isEmpty()
                                    || state.get().equals(account.state().label()));
            ObjectNode answer = JsonMapper.shared().createObjectNode();
            ArrayNode accounts = answer.putArray("accounts");
            found.stream().limit(limit).map(Answers::account).forEach(accounts::add);
            if (found.size() > limit) {
                answer.put("nextCursor", found.get(limit - 1).id().value());
            }
            return Answers.result(answer);
        });
    }

    private static AccountId cursor(String text) {
        if (!AccountId.isForm(text)) {
            throw ProblemException.invalid(
                    "\"cursor\" is none; allowed: the nextCursor of the page before, to the letter, or no cursor");
        }
        return new AccountId(text);
    }

    private Tool status() {
        return new Tool(
                "twitter_account_status",
                "Show how an X account stands",
                "Tells how one account stands: its state, when its access token expires, what it may do (scopes), what"
                        + " happened to it last, and what to do next. Use it when a call failed, or to see whether a sign-in"
                        + " is through. Costs nothing at X. active: works. uncertain: Roost is finding out, wait."
                        + " needs_reauthorization: the person must sign in again, by twitter_connect_account."
                        + " disconnected: taken out.",
                LOOKS,
                Schema.closed(Shape.account()),
                Optional.of(Shape.output(
                        Schema.required("account", account()),
                        Schema.required(
                                "events",
                                Schema.list("What happened to its grant, the newest first.", Schema.object())))),
                errands.body(
                        "accounts.read",
                        KeyScope.ACCOUNTS_READ,
                        (account, args, call) -> Answers.result(status(account))));
    }

    /** An account as it stands, with its last events. */
    ObjectNode status(Account account) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.set("account", Answers.account(account));
        ArrayNode events = answer.putArray("events");
        for (AccountEvent event : means.accounts().journal(account.id(), EVENTS)) {
            events.addObject()
                    .put("at", event.at().toString())
                    .put("kind", event.kind().name().toLowerCase(Locale.ROOT))
                    .put("generation", event.generation())
                    .put("detail", Failures.worded(event.detail()));
        }
        return answer;
    }

    private Tool connect() {
        return new Tool(
                "twitter_connect_account",
                "Connect an X account",
                "Lets the person connect an X account to Roost, or sign one in again: they agree on X's own page, Roost"
                        + " keeps the tokens, you never see one. If your client can open pages, the person is asked and this"
                        + " call returns the account when they have agreed (it waits up to 5 minutes). If it cannot, the"
                        + " result is pending with a signInUrl: give it to the person, and when they have agreed call again"
                        + " with continue. Use it when an account is missing, needs_reauthorization, or lacks a scope."
                        + " Name the user as account; over HTTP you must, and only this user can finish."
                        + " Costs nothing at X. Errors: sign_in_declined or sign_in_denied (the person said no: do not"
                        + " insist), wrong_user (the browser was signed in as another user), sign_in_expired (10 minutes"
                        + " have passed).",
                new Hints(false, false, false, true),
                Schema.closed(
                        Schema.optional(
                                Args.ACCOUNT,
                                Shape.name(
                                        "Who must sign in: @username or X user id, or the id (acc_…) of a connected"
                                                + " account. Over HTTP it is required, for a link works for whoever opens it.")),
                        Schema.optional(
                                Connecting.SCOPES,
                                Schema.list(
                                        "X scopes to ask for beside the usual ones, such as like.write or media.write.",
                                        Schema.string("An X scope.")
                                                .put("pattern", "^[a-z]{1,40}(\\.[a-z]{1,40}){1,4}$"))),
                        Schema.optional(
                                Connecting.CONTINUE,
                                Schema.string("The continue of a pending result of this session: looks whether the"
                                                + " person has agreed meanwhile.")
                                        .put("pattern", "^con_[0-9a-f]{20}$"))),
                Optional.of(Shape.output(
                        Schema.required("status", Schema.string("connected or pending; error if it failed.")),
                        Schema.optional("account", account()),
                        Schema.optional("continue", Schema.string("Names the sign-in for the next call; no secret.")),
                        Schema.optional("expiresAt", Schema.string("Until when the link works.")))),
                connecting::connect);
    }

    private Tool disconnect() {
        return new Tool(
                "twitter_disconnect_account",
                "Disconnect an X account",
                "Takes an account out of Roost: its tokens are revoked at X and deleted. Only when the person clearly wants"
                        + " that; afterwards they have to sign in again to use it. Posts stay. Costs nothing at X. A warning"
                        + " says what X did not confirm.",
                Hints.REMOVES,
                Schema.closed(Shape.requiredAccount()),
                Optional.of(Shape.output(
                        Schema.required("id", Schema.string("The account.")),
                        Schema.required("username", Schema.string("Its username.")),
                        Schema.required("state", Schema.string("disconnected")),
                        Schema.required("revokedAtX", Schema.bool("Whether X confirmed that the tokens are dead.")),
                        Schema.optional("warning", Schema.string("What X did not confirm, and what to do.")))),
                errands.body("accounts.disconnect", KeyScope.ACCOUNTS_WRITE, this::disconnected));
    }

    private ToolOutcome disconnected(Account account, Args args, Call call) throws InterruptedException {
        Optional<String> warning = means.setup().engine().disconnector().disconnectOrLeave(account.id());
        AccountNews.announce(means.changes(), account);
        ObjectNode answer = JsonMapper.shared()
                .createObjectNode()
                .put("id", account.id().value())
                .put("username", account.user().username())
                .put("state", "disconnected")
                .put("revokedAtX", warning.isEmpty());
        warning.ifPresent(text -> answer.put("warning", text));
        return Answers.result(answer);
    }

    private static ObjectNode account() {
        return Schema.object(
                Schema.required("id", Schema.string("acc_…, never changes.")),
                Schema.required("username", Schema.string("Without the at sign; may change at X.")),
                Schema.required("xUserId", Schema.string("X's id of the user.")),
                Schema.required("state", Schema.oneOf("How it stands.", STATES)),
                Schema.optional("stateReason", Schema.string("Why.")),
                Schema.required("scopes", Schema.list("What the user granted.", Schema.string("An X scope."))),
                Schema.required("accessExpiresAt", Schema.string("When the present access token expires.")),
                Schema.required("next", Schema.string("What to do next.")));
    }
}
