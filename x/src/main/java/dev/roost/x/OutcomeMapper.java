package dev.roost.x;

import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says what an answer of the token endpoint means. X puts {@code invalid_request} where RFC 6749 section 5.2 has
 * {@code invalid_grant}, so the description decides with the code. In this order:
 *
 * <ol>
 *   <li>nothing left this machine: {@code NotSent}; no whole answer: {@code Unknown}
 *   <li>2xx with an access token: {@code Rotated}; any other 2xx: {@code Unknown}
 *   <li>3xx: {@code AppRejected}, because the address is wrong
 *   <li>401, {@code invalid_client} or {@code unauthorized_client} at any status, 404, 405, 415, and a 400 that misses or
 *       dislikes the client id: {@code AppRejected}
 *   <li>5xx, and any other status that is no 4xx: {@code Unknown}
 *   <li>400 with {@code invalid_grant}, or whose description says that the token was invalid: {@code GrantRefused}
 *   <li>every other 4xx, 403 and 429 among them: {@code Throttled}, which keeps the grant
 * </ol>
 *
 * <p>Immutable; the only state is the clock, read when X's answer has no {@code Date}.
 */
final class OutcomeMapper {
    private static final Set<String> APP_ERRORS = Set.of("invalid_client", "unauthorized_client");
    private static final Set<Integer> WRONG_ADDRESS = Set.of(404, 405, 415);

    private static final Pattern TOKEN_INVALID = words("\\bthe (refresh )?token was invalid\\b");
    private static final Pattern CLIENT_INVALID =
            words("missing required parameter \\[client_id]|\\bthe client id was invalid\\b");

    private final Waits waits;
    private final Advice advice;

    /** @param confidential whether the app sent a secret, which changes the advice and nothing else */
    OutcomeMapper(InstantSource clock, boolean confidential) {
        waits = new Waits(clock);
        advice = new Advice(confidential);
    }

    /** Maps what came of a token request; the censor knows the secrets that were sent. */
    Verdict verdict(Delivery delivery, Censor censor) {
        return switch (delivery) {
            case Delivery.NotSent notSent -> new Verdict.NotSent(notSent.reason());
            case Delivery.Unknown unknown -> new Verdict.Unknown(unknown.reason());
            case Delivery.Answered answer -> read(answer, censor);
        };
    }

    /** Nobody may learn from an exception that X answered: the grant would be taken for untouched. */
    private Verdict read(Delivery.Answered answer, Censor censor) {
        try {
            return verdict(answer, censor);
        } catch (RuntimeException e) {
            return new Verdict.Unknown(Wording.unreadable(answer, e));
        }
    }

    private Verdict verdict(Delivery.Answered answer, Censor censor) {
        if (answer.status() / 100 == 2) {
            return TokenAnswer.read(answer);
        }
        XAnswer said = Wording.answer(answer, censor);
        if (isAppRejected(said)) {
            return new Verdict.AppRejected(advice.on(said));
        }
        if (answer.status() / 100 != 4) {
            return new Verdict.Unknown(said.toString());
        }
        if (isGrantRefused(said)) {
            return new Verdict.GrantRefused(said);
        }
        return new Verdict.Throttled(advice.on(said), waits.after(answer));
    }

    private static boolean isAppRejected(XAnswer said) {
        return said.status() / 100 == 3
                || said.status() == 401
                || APP_ERRORS.contains(said.error().toLowerCase(Locale.ROOT))
                || WRONG_ADDRESS.contains(said.status())
                || (said.status() == 400
                        && CLIENT_INVALID.matcher(said.description()).find());
    }

    private static boolean isGrantRefused(XAnswer said) {
        return said.status() == 400
                && (said.error().equalsIgnoreCase("invalid_grant")
                        || TOKEN_INVALID.matcher(said.description()).find());
    }

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
