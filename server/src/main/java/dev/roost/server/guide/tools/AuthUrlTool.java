package dev.roost.server.guide.tools;

import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code getTwitterAuthUrl}. Nothing is asked of X, and the verifier is the caller's to keep. */
final class AuthUrlTool {
    private static final int LONGEST_STATE = 500;
    private static final List<String> INSTRUCTIONS = List.of(
            "1. IMPORTANT: Save the codeVerifier - you will need it for token exchange!",
            "2. Direct the user to open the authorizationUrl in their browser",
            "3. User will authenticate and authorize the application",
            "4. Twitter will redirect to the callbackUrl with a \"code\" parameter",
            "5. Extract the \"code\" from the callback URL query parameters",
            "6. Use the exchangeTwitterAuthCode tool with both the code and codeVerifier",
            "7. Use the returned access_token with other Twitter tools");

    private final Workshop workshop;
    private final OwnStates states;

    AuthUrlTool(Workshop workshop, OwnStates states) {
        this.workshop = workshop;
        this.states = states;
    }

    Tool tool() {
        return new Tool(
                "getTwitterAuthUrl",
                "Begins a sign-in: makes the address where a person allows the app to act for their X account",
                List.of(
                        Param.text("callbackUrl", "Where X sends the person back to, as registered with the X app"),
                        Param.text("state", "What X passes back unchanged, at most 500 characters. Default: random")
                                .optional()),
                this::begin);
    }

    private ToolResult begin(Arguments arguments) {
        URI callbackUrl = arguments.callbackUrl();
        Optional<String> given = arguments.textIfAny("state").map(String::strip);
        if (given.filter(state -> !isUsable(state)).isPresent()) {
            throw new BadArgumentException("Parameter \"state\" of tool \"getTwitterAuthUrl\" must be at most "
                    + LONGEST_STATE + " characters without control characters");
        }
        String state = given.orElseGet(() -> HexFormat.of().formatHex(random(16)));
        String verifier = Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
        String url = url(callbackUrl, Secret.of(state), Secret.of(verifier));
        states.note(Secret.of(state));
        ObjectNode result = Json.object();
        result.put("authorizationUrl", url);
        result.put("state", state);
        result.put("codeVerifier", verifier);
        result.put("callbackUrl", callbackUrl.toString());
        result.set("instructions", Json.texts(INSTRUCTIONS));
        return new ToolResult.Success(result);
    }

    /** Scopes are a set to X, but readers of the guide know them in its order. */
    private String url(URI callbackUrl, Secret state, Secret verifier) {
        Scopes scopes = workshop.scopes();
        String url = workshop.signIn()
                .authorizationUrl(callbackUrl, scopes, state, verifier)
                .toString();
        return url.replace(
                "&scope=" + encoded(scopes.toString()) + "&", "&scope=" + encoded(ScopeText.of(scopes)) + "&");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean isUsable(String state) {
        return state.length() <= LONGEST_STATE
                && state.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(state);
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        workshop.random().nextBytes(bytes);
        return bytes;
    }
}
