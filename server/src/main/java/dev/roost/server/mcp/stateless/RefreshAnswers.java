package dev.roost.server.mcp.stateless;

import dev.roost.core.CallerAnswer;
import dev.roost.core.XAnswer;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.guide.tools.ScopeText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Words what came of a refresh. The original says of every failure that the app's credentials are wrong, and so makes people
 * throw good tokens away; here that sentence stands only where it is true, and each text says what became of the token.
 */
final class RefreshAnswers {
    private static final String FAILED = "Token refresh failed. ";
    private static final String APP = FAILED + "Please provide valid client ID and client secret.";
    private static final String KEEP = "The refresh token was not spent: keep it";
    private static final Set<Integer> WRONG_ADDRESS = Set.of(404, 405, 415);
    private static final Set<String> APP_ERRORS = Set.of("invalid_client", "unauthorized_client");

    private final InstantSource clock;

    RefreshAnswers(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns what the tool answers. */
    ToolResult result(CallerAnswer answer) {
        return switch (answer) {
            case CallerAnswer.Rotated rotated -> rotated(rotated);
            case CallerAnswer.Refused refused ->
                failed(
                        "X refused the refresh token: it is spent, revoked, expired, or of another app. The user must"
                                + " sign in again.",
                        refused.answer().toString(),
                        refused.answerLostAt().isPresent() ? capital(refused.explain()) : "");
            case CallerAnswer.AppRejected rejected -> appRejected(rejected.answer());
            case CallerAnswer.Throttled throttled -> throttled(throttled.answer(), throttled.retryAfter());
            case CallerAnswer.NotSent none ->
                failed(
                        "Nothing was sent to X, so the refresh token was not spent: keep it, and call again.",
                        none.reason(),
                        Sentences.retryAfter(none.retryAfter()));
            case CallerAnswer.Unknown unknown ->
                failed(
                        "X gave no usable answer, so it is not known whether the refresh token was spent: keep it, and"
                                + " make the same call once more.",
                        unknown.reason(),
                        "Sent at " + PythonTime.text(unknown.sentAt()));
            case CallerAnswer.KeptNotNow later ->
                failed(
                        "Roost keeps this account and goes on trying: keep the refresh token, and call again later.",
                        later.why().detail(),
                        Sentences.retryAfter(
                                Duration.between(clock.instant(), later.why().retryAt())));
            case CallerAnswer.KeptLost lost ->
                failed(
                        "The grant of this account, which Roost kept, is gone. The user must sign in again.",
                        "Account " + lost.account().id() + ": " + lost.cause().explain());
            case CallerAnswer.KeptElsewhere elsewhere ->
                failed(
                        "The refresh token was not sent to X: it is, or was, that of an account that Roost keeps.",
                        elsewhere.explain());
        };
    }

    /** Words what was found before anything was sent. */
    static Trouble early(Trouble found) {
        return switch (found) {
            case Trouble.Plain plain -> plain;
            case Trouble.Failed failed ->
                new Trouble.Failed(FAILED + Sentences.of(failed.error()), Sentences.of("Nothing was sent to X", KEEP));
        };
    }

    private ToolResult rotated(CallerAnswer.Rotated rotated) {
        return ToolResult.text(PythonJson.text(JsonMapper.shared()
                .createObjectNode()
                .put("access_token", rotated.tokens().access().expose())
                .put("expires_at", PythonTime.text(rotated.expiresAt()))
                .put("expires_in", secondsUntil(rotated.expiresAt()))
                .put("refresh_token", rotated.tokens().refresh().expose())
                .put("scope", rotated.scopes().map(ScopeText::of).orElse(""))
                .put("status", "success")));
    }

    private static ToolResult appRejected(XAnswer said) {
        boolean address = (said.status() / 100 == 3 || WRONG_ADDRESS.contains(said.status()))
                && !APP_ERRORS.contains(said.error().toLowerCase(Locale.ROOT));
        return address
                ? failed(
                        "X's token endpoint is not at the address that Roost is set to. The refresh token was not spent:"
                                + " keep it.",
                        said.toString())
                : told(APP, said.toString(), "X rejects the app, not the token", KEEP);
    }

    private static ToolResult throttled(XAnswer said, Optional<Duration> wait) {
        String what = said.status() == 429 ? "X asks for fewer calls." : "X turned the request away.";
        return failed(
                what + " The refresh token was not spent: keep it, and call again later.",
                said.toString(),
                wait.map(Sentences::retryAfter).orElse(""));
    }

    private static ToolResult failed(String error, String... details) {
        return told(FAILED + error, details);
    }

    private static ToolResult told(String error, String... details) {
        return new Trouble.Failed(error, Sentences.of(details)).result();
    }

    /** Counts a begun second as a whole one, so that a fresh token has the 7200 that X says. */
    private long secondsUntil(Instant end) {
        Duration left = Duration.between(clock.instant(), end).plusNanos(999_999_999);
        return Math.max(0, left.toSeconds());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
