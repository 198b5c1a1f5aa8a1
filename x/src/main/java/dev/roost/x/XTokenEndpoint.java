package dev.roost.x;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** X's token and revocation endpoints for one app ({@link OutcomeMapper} says what their answers mean). */
public final class XTokenEndpoint implements TokenEndpoint {
    private static final Pattern ABOUT_THE_APP =
            Pattern.compile("client|\\bapp(lication)?\\b|authorization header", Pattern.CASE_INSENSITIVE);

    private final XSettings settings;
    private final TokenRequests requests;
    private final OutcomeMapper outcomes;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Makes no request.
     *
     * @param random makes the junk tokens of {@link #probe()}
     */
    public XTokenEndpoint(XSettings settings, XTransport transport, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.requests = new TokenRequests(settings, transport);
        this.outcomes = new OutcomeMapper(clock, settings.isConfidential());
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String clientId() {
        return settings.clientId();
    }

    /** {@inheritDoc} Sends no {@code scope}: X grants no new ones by refresh. */
    @Override
    public Verdict refresh(RefreshToken token) {
        var grant = new RefreshTokenGrant(new com.nimbusds.oauth2.sdk.token.RefreshToken(token.expose()));
        return outcomes.verdict(requests.token(grant), requests.censor(token.value()));
    }

    /**
     * {@inheritDoc} X looks at the app before the request, so a 400 {@code invalid_request} in words that are not known,
     * and not about the client, is a yes to the app as well. For a real token it is not enough to end a grant.
     */
    @Override
    public Verdict probe() {
        Verdict verdict = refresh(RefreshToken.of(junk()));
        return verdict instanceof Verdict.Throttled throttled && isAppAccepted(throttled.answer())
                ? new Verdict.GrantRefused(throttled.answer())
                : verdict;
    }

    private static boolean isAppAccepted(XAnswer said) {
        return said.status() == 400
                && said.error().equalsIgnoreCase("invalid_request")
                && !ABOUT_THE_APP.matcher(said.description()).find();
    }

    /**
     * {@inheritDoc} The refresh token goes first, since it is worth more; each of the two has half the answer deadline. A
     * token that X calls invalid is as good as revoked (RFC 7009 section 2.2).
     */
    @Override
    public Optional<String> revoke(TokenPair tokens) {
        Censor censor =
                requests.censor(tokens.refresh().value(), tokens.access().value());
        Optional<String> refresh = revoke("refresh_token", tokens.refresh().value(), censor);
        Optional<String> access = revoke("access_token", tokens.access().value(), censor);
        List<String> failures =
                Stream.of(refresh, access).flatMap(Optional::stream).toList();
        return failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
    }

    private Optional<String> revoke(String kind, Secret token, Censor censor) {
        Duration half = settings.answerDeadline().dividedBy(2);
        String name = kind.replace('_', ' ');
        String not = name + " not revoked: ";
        Delivery delivery = requests.revocation(token, kind, half);
        if (delivery instanceof Delivery.Answered answer && answer.status() / 100 == 2) {
            return confirmed(answer)
                    ? Optional.empty()
                    : Optional.of(not + "HTTP " + answer.status() + " without a yes");
        }
        return switch (outcomes.verdict(delivery, censor)) {
            case Verdict.GrantRefused refused -> Optional.empty();
            case Verdict.Rotated rotated -> Optional.empty();
            case Verdict.AppRejected rejected -> Optional.of(not + rejected.answer());
            case Verdict.Throttled throttled -> Optional.of(not + throttled.answer());
            case Verdict.NotSent notSent -> Optional.of(not + notSent.reason());
            case Verdict.Unknown unknown -> Optional.of(name + " perhaps not revoked: " + unknown.reason());
        };
    }

    /** RFC 7009 section 2.2 lets a 200 be enough; X adds {@code {"revoked":true}}; a web page is neither. */
    private static boolean confirmed(Delivery.Answered answer) {
        boolean denied = Json.object(answer.body())
                .filter(body -> body.path("revoked").isBoolean()
                        && !body.path("revoked").booleanValue())
                .isPresent();
        return !denied && !Wording.isHtml(answer);
    }

    /** X's refresh tokens read, in base64, as 45 characters, a time of issue, and {@code :1:1:rt:1}. */
    private String junk() {
        byte[] noise = new byte[33];
        random.nextBytes(noise);
        String name = Base64.getUrlEncoder().encodeToString(noise) + "x";
        String text = name + ":" + clock.millis() + ":1:1:rt:1";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
