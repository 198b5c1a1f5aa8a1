package dev.roost.server.guide.tools;

import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint.ExchangeAnswer;
import dev.roost.core.XAnswer;
import dev.roost.server.guide.tools.ToolResult.Failure;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code exchangeTwitterAuthCode}. Nothing of it is stored; the account stays the caller's. */
final class ExchangeTool {
    private static final String ERROR = "Twitter OAuth Error: ";
    private static final List<String> USAGE = List.of(
            "Use this accessToken with tools like:",
            "- postToTwitter: Create tweets",
            "- replyToTweet: Reply to tweets",
            "- listTwitterTweets: View your recent tweets",
            "- searchTwitter: Search for tweets",
            "- likeTweet: Like tweets",
            "- retweetTweet: Retweet tweets",
            "- getTweetEngagement: Get engagement metrics",
            "- deleteTweet: Delete your tweets",
            "- getUserMentions: Get mentions of you");
    /** A PKCE verifier (RFC 7636 section 4.1). */
    private static final String VERIFIER = "[A-Za-z0-9._~-]{43,128}";

    private final Exchanges exchanges;

    ExchangeTool(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    Tool tool() {
        return new Tool(
                "exchangeTwitterAuthCode",
                "Ends a sign-in: exchanges the code for an access token and a refresh token, within 30 seconds of the"
                        + " person's consent. A code works once; the same call within 30 seconds brings the same tokens",
                List.of(
                        Param.text("code", "The parameter \"code\" of the address that X sent the person back to"),
                        Param.text("codeVerifier", "The codeVerifier that getTwitterAuthUrl returned"),
                        Param.text("callbackUrl", "The callbackUrl that getTwitterAuthUrl was called with")),
                this::exchange);
    }

    private ToolResult exchange(Arguments arguments) {
        Secret code = arguments.secret("code");
        Secret verifier = arguments.secret("codeVerifier");
        if (!verifier.expose().matches(VERIFIER)) {
            throw new BadArgumentException("Parameter \"codeVerifier\" of tool \"exchangeTwitterAuthCode\" must be what"
                    + " getTwitterAuthUrl returned: 43 to 128 letters, digits or ._~-");
        }
        return exchanges.exchange(new Exchanges.Request(code, verifier, arguments.callbackUrl()));
    }

    /** What callers get. A member that X did not send is left out. */
    static ObjectNode result(ExchangeAnswer.Issued issued) {
        ObjectNode result = Json.object();
        result.put("success", true);
        result.put(
                "message",
                "Successfully authenticated with Twitter! You can now use the access_token with other Twitter tools.");
        result.put("accessToken", issued.access().expose());
        result.put("tokenType", "bearer");
        result.put("expiresIn", issued.lifetime().toSeconds());
        issued.refresh().ifPresent(token -> result.put("refreshToken", token.expose()));
        if (!issued.scopes().values().isEmpty()) {
            result.put("scope", ScopeText.of(issued.scopes()));
        }
        result.set("usage", Json.texts(USAGE));
        if (issued.refresh().isEmpty()) {
            result.put(
                    "warning",
                    "X issued no refresh token, so this sign-in ends when the access token does. Sign in again with the"
                            + " scope " + Scopes.OFFLINE_ACCESS + ".");
        }
        return result;
    }

    /** X answers 400 for the code and what belongs to it, and 401 for the app. */
    static Failure refused(XAnswer said) {
        return switch (said.status()) {
            case 400 -> {
                String text = said.description().isEmpty()
                        ? "Invalid authorization code, code verifier, or callback URL mismatch."
                        : said.description();
                yield Failure.lasting(ERROR + text, "authorization_code_refused", 400)
                        .needingReauth()
                        .with(said);
            }
            case 401 ->
                Failure.lasting(
                                ERROR + "Invalid client credentials. Check your Twitter Client ID and Secret.",
                                "app_rejected",
                                401)
                        .with(said);
            default ->
                Failure.lasting(
                                Words.sentences(failed() + Words.failedWith(said.status()), said.description()),
                                "app_rejected",
                                502)
                        .with(said);
        };
    }

    /** No answer, or none that says anything of the code. */
    static Failure failed(String reason) {
        Optional<XAnswer> said = Words.upstream(reason);
        if (said.isEmpty()) {
            return Failure.passing(Words.sentences(failed() + reason), "answer_missing", 504);
        }
        int status = said.get().status();
        String message = Words.sentences(failed() + Words.failedWith(status), reason);
        return switch (status) {
            case 429 -> Failure.passing(message, "rate_limited", 429).with(said.get());
            case 403 -> Failure.passing(message, "turned_away", 403).with(said.get());
            default -> Failure.passing(message, "answer_missing", 502).with(said.get());
        };
    }

    private static String failed() {
        return "Failed to exchange authorization code for access token: ";
    }
}
