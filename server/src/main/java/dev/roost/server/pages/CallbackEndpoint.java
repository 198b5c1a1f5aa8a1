package dev.roost.server.pages;

import dev.roost.core.Accounts;
import dev.roost.core.CallbackAnswer;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInOutcome;
import dev.roost.core.StoreUnavailableException;
import dev.roost.server.http.Call;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.server.v1.ConnectionStatus;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.util.Fields;

/**
 * Where X sends a person back to (RFC 6749 section 4.1.2). Answers with a page that never repeats code or state; or, when a
 * program asked for the sign-in and it has ended, sends the person on to where the program wished.
 */
public final class CallbackEndpoint implements Endpoint {
    /** Its path, which the token-refresh guide promises. */
    public static final String PATH = "/auth/twitter/callback";

    private static final int LONGEST = 2000;

    private final SignInFlow signIns;
    private final Findings findings;
    private final Set<URI> returnUrls;
    private final InstantSource clock;
    private final Predicate<Secret> callers;

    /**
     * Goes on with these sign-ins, and names the accounts that they connect.
     *
     * @param returnUrls where a person may be sent; one that was allowed once and is no more is not used
     * @param callers knows the states of sign-ins that callers began, who exchange the code themselves
     */
    public CallbackEndpoint(
            SignInFlow signIns,
            Accounts accounts,
            Set<URI> returnUrls,
            InstantSource clock,
            Predicate<Secret> callers) {
        this.signIns = signIns;
        this.findings = new Findings(accounts);
        this.returnUrls = Set.copyOf(returnUrls);
        this.clock = clock;
        this.callers = callers;
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("GET")) {
            // A code is spent by the first request; one that only wants the headers must not be that.
            throw new ProblemException(Problem.lasting(405, "method_not_allowed", "this address takes GET only"));
        }
        Fields query = call.query();
        Optional<Secret> state = only(query, "state");
        if (state.isEmpty()) {
            return Page.render(findings.of(new SignInOutcome.UnknownState()));
        }
        try {
            SignInOutcome outcome = signIns.complete(state.get(), said(query));
            return outcome instanceof SignInOutcome.UnknownState
                    ? Page.render(callersOwn(state.get(), query).orElseGet(() -> findings.of(outcome)))
                    : answer(outcome, call.origin());
        } catch (StoreUnavailableException e) {
            return Page.render(callersOwn(state.get(), query).orElseGet(findings::storeAway));
        }
    }

    private Optional<Finding> callersOwn(Secret state, Fields query) {
        return callers.test(state) ? Optional.of(findings.callersOwn(said(query))) : Optional.empty();
    }

    private Reply answer(SignInOutcome outcome, URI here) {
        Finding finding = findings.of(outcome);
        return switch (outcome) {
            case SignInOutcome.Standing standing
            when standing.signIn().status().isFinal() ->
                onward(standing.signIn(), here)
                        .map(url -> Reply.empty(303).with("Location", url.toASCIIString()))
                        .orElseGet(() -> Page.render(finding));
            case SignInOutcome.Standing standing -> Page.render(finding, onward(standing.signIn(), here));
            case SignInOutcome.AlreadyUsed used -> Page.render(finding, onward(used.signIn(), here));
            case SignInOutcome.UnknownState unknown -> Page.render(finding);
            case SignInOutcome.AlreadyKept kept -> Page.render(finding);
        };
    }

    private Optional<URI> onward(SignIn signIn, URI here) {
        return signIn.origin()
                .returnUrl()
                .flatMap(url -> returnUrls.contains(url) ? Optional.of(url) : OwnReturn.from(url, here))
                .map(url -> ConnectionStatus.onward(url, signIn, clock.instant()));
    }

    private static CallbackAnswer said(Fields query) {
        Optional<Secret> code = only(query, "code");
        List<String> errors = query.getValuesOrEmpty("error");
        if (code.isPresent() && errors.isEmpty()) {
            return new CallbackAnswer.Code(code.get());
        }
        return errors.isEmpty() || errors.getFirst().equals("access_denied")
                ? new CallbackAnswer.Denied()
                : new CallbackAnswer.Refusal(word(errors.getFirst()));
    }

    /** The value of a parameter that is there once and could be one of X's. */
    private static Optional<Secret> only(Fields query, String name) {
        List<String> found = query.getValuesOrEmpty(name);
        boolean plausible = found.size() == 1
                && found.getFirst().length() <= LONGEST
                && !found.getFirst().isBlank()
                && found.getFirst().strip().chars().noneMatch(Character::isISOControl);
        return plausible ? Optional.of(Secret.of(found.getFirst())) : Optional.empty();
    }

    /** Anybody can put anything into this address, so only what looks like an OAuth error is shown. */
    private static String word(String error) {
        return error.matches("[a-z_]{1,40}") ? error : "unknown";
    }
}
