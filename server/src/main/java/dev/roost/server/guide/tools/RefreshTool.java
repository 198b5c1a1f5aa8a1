package dev.roost.server.guide.tools;

import dev.roost.core.AccountState;
import dev.roost.core.CallerAnswer;
import dev.roost.core.XAnswer;
import dev.roost.server.guide.tools.ToolResult.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code refreshTwitterToken}. Messages begin as those of the guide; what follows is the truth of this case, since the
 * guide's own words would have people throw away good grants.
 */
final class RefreshTool {
    private static final String ERROR = "Twitter Token Refresh Error: ";
    private static final String FAILED = "Failed to refresh access token: ";
    private static final String KEEP = "The refresh token was not spent: keep it";

    private final Workshop workshop;

    RefreshTool(Workshop workshop) {
        this.workshop = workshop;
    }

    Tool tool() {
        return new Tool(
                "refreshTwitterToken",
                "Exchanges a refresh token for a new access token and a new refresh token. Call it again with the same"
                        + " token if the answer did not arrive: within the replay window it brings the same pair",
                List.of(Param.text("refreshToken", "The refresh token that came with the last access token")),
                this::refresh);
    }

    private ToolResult refresh(Arguments arguments) {
        return switch (workshop.refreshes().refresh(workshop.app(), arguments.refreshToken())) {
            case CallerAnswer.Rotated rotated -> rotated(rotated);
            case CallerAnswer.Refused refused -> refused(refused);
            case CallerAnswer.AppRejected rejected -> appRejected(rejected.answer());
            case CallerAnswer.Throttled throttled -> throttled(throttled.answer(), throttled.retryAfter());
            case CallerAnswer.NotSent none ->
                Failure.passing(Words.sentences(FAILED + none.reason(), KEEP + ", and call again"), "not_sent", 503)
                        .after(none.retryAfter());
            case CallerAnswer.Unknown unknown -> unknown(unknown);
            case CallerAnswer.KeptNotNow later ->
                Failure.passing(
                                Words.sentences(
                                        FAILED + later.why().detail(), "Roost keeps this account and goes on trying"),
                                "refresh_pending",
                                503)
                        .after(wait(workshop.clock(), later.why().retryAt()));
            case CallerAnswer.KeptLost lost ->
                Failure.lasting(
                                Words.sentences(
                                        ERROR + "Invalid client credentials or refresh token has been revoked.",
                                        "Re-authentication required.",
                                        "Roost kept this account ("
                                                + lost.account().id() + "): "
                                                + lost.cause().explain()),
                                "refresh_token_revoked",
                                401)
                        .needingReauth();
            case CallerAnswer.KeptElsewhere elsewhere -> elsewhere(elsewhere);
        };
    }

    private ToolResult rotated(CallerAnswer.Rotated rotated) {
        ObjectNode result = Json.object();
        result.put("success", true);
        result.put(
                "message", "Successfully refreshed Twitter access token! Use the new access_token with Twitter tools.");
        result.put("accessToken", rotated.tokens().access().expose());
        result.put("tokenType", "bearer");
        result.put("expiresIn", secondsLeft(workshop.clock(), rotated.expiresAt()));
        result.put("refreshToken", rotated.tokens().refresh().expose());
        rotated.scopes().ifPresent(scopes -> result.put("scope", ScopeText.of(scopes)));
        result.put("note", "Store the new accessToken and refreshToken securely. The old access token is now invalid.");
        if (rotated.replayed()) {
            result.put("replayed", true);
        }
        rotated.keptAs().ifPresent(account -> result.put("account", account.value()));
        return new ToolResult.Success(result);
    }

    /** X's own words come first, as in the original; the guide's sentence follows. */
    private static Failure refused(CallerAnswer.Refused refused) {
        String lost = refused.answerLostAt().isPresent() ? capital(refused.explain()) : "";
        String said = refused.answer().description();
        return Failure.lasting(
                        Words.sentences(
                                ERROR + (said.isEmpty() ? "" : Words.sentences(said) + " ")
                                        + "Invalid refresh token. You may need to re-authenticate.",
                                lost),
                        "refresh_token_refused",
                        400)
                .needingReauth()
                .with(refused.answer());
    }

    private static Failure appRejected(XAnswer said) {
        String app = "Check TWITTER_CLIENT_ID and TWITTER_CLIENT_SECRET. " + KEEP;
        String message =
                switch (said.status()) {
                    case 400 -> Words.sentences(ERROR + said.description(), "X rejects the app, not the token", app);
                    case 401 ->
                        Words.sentences(
                                ERROR + "Invalid client credentials or refresh token has been revoked.",
                                "X rejects the app, not the token: Invalid client credentials.",
                                app);
                    default -> Words.sentences(FAILED + Words.failedWith(said.status()), said.description(), app);
                };
        return Failure.lasting(message, "app_rejected", 401).with(said);
    }

    private static Failure throttled(XAnswer said, Optional<Duration> wait) {
        String message = said.status() == 400
                ? Words.sentences(ERROR + said.description(), KEEP)
                : Words.sentences(
                        FAILED + Words.failedWith(said.status()), said.description(), KEEP + ", and call again later");
        String code = said.status() == 429 ? "rate_limited" : "turned_away";
        Failure failure =
                Failure.passing(message, code, Words.fitting(said.status())).with(said);
        return wait.map(failure::after).orElse(failure);
    }

    private static Failure unknown(CallerAnswer.Unknown unknown) {
        Optional<XAnswer> said = Words.upstream(unknown.reason());
        String failed =
                said.map(answer -> Words.failedWith(answer.status()) + ". ").orElse("");
        Failure failure = Failure.passing(
                Words.sentences(
                        FAILED + failed + unknown.reason(),
                        "Whether X spent the refresh token is not known: keep it, and make the same call once more"),
                "answer_missing",
                said.isPresent() ? 502 : 504);
        return said.map(failure::with).orElse(failure);
    }

    private static Failure elsewhere(CallerAnswer.KeptElsewhere elsewhere) {
        Failure failure = Failure.lasting(Words.sentences(ERROR + elsewhere.explain()), "kept_by_roost", 409);
        boolean gone = elsewhere.account().state() instanceof AccountState.Disconnected;
        return gone ? failure.needingReauth() : failure;
    }

    /** Counts a begun second as a whole one, so that a fresh token has the 7200 that X says. */
    static long secondsLeft(InstantSource clock, Instant expiresAt) {
        return Math.max(
                0,
                Duration.between(clock.instant(), expiresAt)
                        .plusNanos(999_999_999)
                        .toSeconds());
    }

    static Duration wait(InstantSource clock, Instant until) {
        Duration wait = Duration.between(clock.instant(), until);
        return wait.isPositive() ? wait : Duration.ofSeconds(1);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
