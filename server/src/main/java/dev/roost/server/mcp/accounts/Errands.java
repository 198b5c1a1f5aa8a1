package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.ScopeMissingException;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * The way of every call about accounts: the scope, the account, the work, and the audit trail. A grant that turns out to be
 * lost is brought back on the way. Failures become results that a model can act on.
 */
final class Errands {
    private static final String OK = "ok";

    private final Means means;
    private final Desk desk;
    private final Reauthorizing reauthorizing;

    Errands(Means means) {
        this.means = means;
        this.desk = new Desk(means);
        this.reauthorizing = new Reauthorizing(means, new SignInWait(means), new SignInEnds(means));
    }

    /** What is done for an account. */
    @FunctionalInterface
    interface Errand {
        ToolOutcome run(Account account, Args args, Call call) throws InterruptedException;
    }

    /** What is done for an account that is known already. */
    @FunctionalInterface
    interface Work {
        ToolOutcome run(Account account) throws InterruptedException;
    }

    /** What is done for no account in particular. */
    @FunctionalInterface
    interface Free {
        ToolOutcome run() throws InterruptedException;
    }

    Desk desk() {
        return desk;
    }

    /** The body of a tool that is about one account. */
    Tool.Body body(String operation, KeyScope scope, Errand errand) {
        return (arguments, call) -> {
            Args args = new Args(arguments);
            return run(operation, scope, args.account(), call, account -> errand.run(account, args, call));
        };
    }

    /** Does something for the account of this name. */
    ToolOutcome run(String operation, KeyScope scope, Optional<String> name, Call call, Work work)
            throws InterruptedException {
        About about = new About();
        return noted(operation, scope, call, about, () -> {
            Account account = desk.find(name, call.principal());
            about.account = Optional.of(account.id());
            return work(account, call, work);
        });
    }

    /** Does something that is about no account in particular. */
    ToolOutcome free(String operation, KeyScope scope, Call call, Free work) throws InterruptedException {
        return noted(operation, scope, call, new About(), work);
    }

    private ToolOutcome work(Account account, Call call, Work work) throws InterruptedException {
        Optional<Pending> pending = Pending.of(call);
        if (pending.isPresent() && Pending.answer(call) != Pending.Answer.MISSING) {
            reauthorizing.finish(pending.get(), account, call);
            return work.run(means.accounts().find(account.id().value()));
        }
        try {
            return work.run(account);
        } catch (ReauthorizationRequiredException lost) {
            return reauthorizing.ask(lost, call);
        }
    }

    private ToolOutcome noted(String operation, KeyScope scope, Call call, About about, Free work)
            throws InterruptedException {
        Optional<Problem> closed = closed();
        if (closed.isPresent()) {
            return Failures.of(closed.get());
        }
        try {
            call.principal().require(scope.text());
            ToolOutcome outcome = work.run();
            note(call, about, operation, outcome instanceof Ask ? "asked" : OK);
            return outcome;
        } catch (ScopeMissingException e) {
            note(call, about, operation, "scope_missing");
            throw e;
        } catch (McpException e) {
            throw e;
        } catch (RuntimeException e) {
            Problem problem = problem(e, about);
            note(call, about, operation, problem.code());
            return Failures.of(problem);
        }
    }

    /** What cannot be opened has no audit trail either. */
    private Optional<Problem> closed() {
        try {
            var _ = means.opened().get();
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    /** An account is never deleted, so one that exists and cannot be found any more was taken out. */
    private Problem problem(RuntimeException failure, About about) {
        return failure instanceof AccountNotFoundException && about.account.isPresent()
                ? Problem.lasting(
                        410,
                        "account_disconnected",
                        "account " + about.account.get() + " was disconnected, and its tokens are deleted")
                : new Problems(means.clock(), means.reauthorizations()).of(failure, about.account);
    }

    private void note(Call call, About about, String operation, String outcome) {
        means.setup().audit().note(name(call.principal()), about.account, "mcp." + operation, outcome);
    }

    /** The audit trail takes short names of printable ASCII only; the name of a principal may be longer. */
    static String name(Principal principal) {
        String id = principal.id();
        return id.matches("[!-~]{1,100}")
                ? id
                : "principal " + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    /** Which account it is about, once that is known. Used by one thread. */
    private static final class About {
        private Optional<AccountId> account = Optional.empty();
    }
}
