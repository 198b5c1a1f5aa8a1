package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.Scopes;
import dev.roost.core.SignIn;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInStatus;
import dev.roost.core.XUser;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Connects an account: begins a sign-in, sends the person to X's page, waits, and tells which account it is. A sign-in
 * belongs to the session that began it.
 */
record Connecting(Errands errands, Means means, OpenSignIns open, SignInWait waiting, SignInEnds ends) {
    static final String CONTINUE = "continue";
    static final String SCOPES = "scopes";

    private static final String USER = "@?[A-Za-z0-9_]{1,15}|[0-9]{1,19}";

    Connecting(Errands errands, Means means) {
        this(errands, means, new OpenSignIns(means), new SignInWait(means), new SignInEnds(means));
    }

    /**
     * Whom a sign-in must bring, and what it asks for.
     *
     * @param shown whom it must bring, in words for people
     */
    private record Wish(Optional<String> expectedUser, Optional<String> shown, Scopes scopes) {}

    ToolOutcome connect(ObjectNode arguments, Call call) throws InterruptedException {
        Args args = new Args(arguments);
        return errands.free("accounts.connect", KeyScope.ACCOUNTS_WRITE, call, () -> {
            Optional<Pending> pending = Pending.of(call);
            if (pending.isPresent()) {
                return goOn(pending.get(), args, call);
            }
            Optional<String> continued = args.text(CONTINUE);
            return continued.isPresent() ? look(continued.get(), call) : begin(args, call);
        });
    }

    /** The person was asked to open the page. */
    private ToolOutcome goOn(Pending pending, Args args, Call call) throws InterruptedException {
        return switch (Pending.answer(call)) {
            case ACCEPTED -> await(pending.signIn(), SignInWait.LONG, call);
            case MISSING -> begin(args, call);
            case DECLINED, NONE -> {
                open.forget(pending.signIn());
                throw SignInEnds.declined();
            }
        };
    }

    /** The person got a plain link, in an earlier call of this session. */
    private ToolOutcome look(String id, Call call) throws InterruptedException {
        SignInFlow flow = means.setup().engine().signInFlow();
        if (flow.find(id).filter(signIn -> Pending.isOwn(signIn, call)).isEmpty()) {
            throw Pending.strange();
        }
        ends.possible();
        return await(id, SignInWait.SHORT, call);
    }

    private ToolOutcome await(String id, Duration atMost, Call call) throws InterruptedException {
        return told(waiting.until(id, atMost, call).orElseThrow(Pending::strange));
    }

    private ToolOutcome told(SignIn signIn) {
        if (signIn.status().isFinal()) {
            open.forget(signIn.id());
        }
        return ends.account(signIn).<ToolOutcome>map(this::connected).orElseGet(() -> Answers.result(pending(signIn)));
    }

    private ToolOutcome begin(Args args, Call call) {
        Wish wish = wish(args, call.principal());
        ends.possible();
        String name = named(args, call);
        Optional<SignInFlow.Started> before = open.find(name);
        if (before.isPresent() && !(before.get().signIn().status() instanceof SignInStatus.Pending)) {
            return told(before.get().signIn());
        }
        SignInFlow.Started started = before.orElseGet(() -> start(wish, call));
        open.keep(name, started);
        return offer(wish, started, call);
    }

    /** Made of what was asked, not of what it stands for: the account that is asked for may exist by the second call. */
    private static String named(Args args, Call call) {
        return Pending.origin(call).label().orElse("") + " " + args.account() + " " + new TreeSet<>(args.texts(SCOPES));
    }

    private SignInFlow.Started start(Wish wish, Call call) {
        return means.setup()
                .engine()
                .signInFlow()
                .start(means.setup().callbackUrl(), wish.scopes(), wish.expectedUser(), Pending.origin(call));
    }

    private static ToolOutcome offer(Wish wish, SignInFlow.Started started, Call call) {
        if (call.client().canOpenUrls()) {
            return Pending.ask(
                    message(wish, call),
                    started.authorizationUrl(),
                    started.signIn().id(),
                    call);
        }
        ObjectNode answer = pending(started.signIn());
        answer.put("signInUrl", started.authorizationUrl().toString());
        answer.put(
                "next",
                "Give signInUrl to the person you work for and to nobody else, to be opened in a browser that is signed in to X"
                        + as(wish) + "; tell them that " + call.principal().shown()
                        + " asks for it. When they have agreed there, call twitter_connect_account with continue "
                        + started.signIn().id() + ".");
        return Answers.result(answer);
    }

    /** Another process may have received the person, and then nobody here has heard of it. */
    private ToolOutcome connected(Account account) {
        AccountNews.announce(means.changes(), account);
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("status", "connected");
        answer.set("account", Answers.account(account));
        return Answers.result(answer);
    }

    private static ObjectNode pending(SignIn signIn) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("status", "pending")
                .put(CONTINUE, signIn.id())
                .put("expiresAt", signIn.expiresAt().toString())
                .put(
                        "next",
                        "The person has not finished at X yet. The link goes on working until expiresAt; when they have"
                                + " agreed, call twitter_connect_account with continue " + signIn.id() + ".");
    }

    private static String message(Wish wish, Call call) {
        return call.principal().shown() + " asks to connect "
                + wish.shown().map(user -> "the X account " + user).orElse("an X account")
                + " to Roost, and will be able to use it. If you did not ask for this, do not go on. Otherwise open X's page in"
                + " a browser that is signed in to X" + as(wish)
                + ", check which account it shows, and agree. Roost keeps the tokens; this program does not get them.";
    }

    private static String as(Wish wish) {
        return wish.shown().map(user -> " as " + user).orElse("");
    }

    private Wish wish(Args args, Principal principal) {
        Scopes extra = new Scopes(new TreeSet<>(args.texts(SCOPES)));
        Optional<String> name = args.account();
        Optional<Account> account = name.flatMap(named -> errands.desk().lookUp(named, principal));
        if (account.isPresent()) {
            XUser user = account.get().user();
            Scopes had = means.reauthorizations().scopes(account.get());
            return new Wish(Optional.of(user.id()), Optional.of("@" + user.username()), both(had, extra));
        }
        if (Desk.isLimited(principal)) {
            throw Desk.notCovered(
                    "the caller may use some accounts only; name one of them as \"account\" to sign it in again");
        }
        if (name.isEmpty() && !principal.isPresent()) {
            throw nameless();
        }
        name.filter(named -> !named.matches(USER)).ifPresent(named -> {
            throw new ProblemException(Problem.lasting(
                    404,
                    "account_not_found",
                    "\"account\" is no account that is connected; allowed: one of these, or for a new one the @username (1 to"
                            + " 15 letters, digits or _) or X user id (digits) that must sign in"));
        });
        return new Wish(name, name.map(Connecting::shown), both(means.setup().scopes(), extra));
    }

    /** Roost knows no people, only the user whom X names at the end: so that is what the link is tied to. */
    private static ProblemException nameless() {
        return new ProblemException(Problem.lasting(
                400,
                "expected_user_missing",
                "\"account\" is missing. The link that this makes connects the account of whoever opens it, and over HTTP"
                        + " nobody can tell whether that is the person who asked; so give the @username or X user id that is"
                        + " to be connected, and X's answer is refused for anybody else"));
    }

    private static String shown(String user) {
        return user.startsWith("@") || user.matches("[0-9]+") ? user : "@" + user;
    }

    private static Scopes both(Scopes one, Scopes other) {
        TreeSet<String> names = new TreeSet<>(one.values());
        names.addAll(other.values());
        names.addAll(List.of("tweet.read", "users.read", Scopes.OFFLINE_ACCESS));
        return new Scopes(names);
    }
}
