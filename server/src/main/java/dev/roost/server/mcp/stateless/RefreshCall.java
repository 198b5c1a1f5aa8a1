package dev.roost.server.mcp.stateless;

import dev.roost.core.CallerApp;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.ToolOutcome;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code twitter_refresh_token}. The access token that a call may bring is not looked at, as in the original. */
final class RefreshCall {
    /**
     * Printable ASCII without spaces, quotes and colons. X's ids have 34 characters, its client secrets 50, its tokens about
     * 90: one of these in the place of an id would get into logs, where ids stand.
     */
    private static final Pattern CLIENT_ID = Pattern.compile("[!#-&(-9;-~]{1,49}");

    private final Kit kit;
    private final RefreshAnswers answers;

    RefreshCall(Kit kit) {
        this.kit = kit;
        this.answers = new RefreshAnswers(kit.clock());
    }

    ToolOutcome refresh(Given given, Call call) throws InterruptedException {
        Optional<Who.Kept> kept = Who.kept(given, kit.accounts(), "twitter_refresh_token");
        if (kept.isPresent()) {
            return kept.get().tools().refresh(kept.get().account(), call);
        }
        String token = given.text("twitter_refresh_token", "twitter_refresh_token is required for token refresh");
        String clientId = given.text("twitter_client_id", "twitter_client_id is required for token refresh");
        Optional<String> clientSecret = given.text("twitter_client_secret");
        try {
            CallerApp app =
                    app(clientId.strip(), clientSecret.map(text -> Given.secret("twitter_client_secret", text)));
            RefreshToken refresh = new RefreshToken(Given.secret("twitter_refresh_token", token));
            Cancelled.check();
            return answers.result(kit.refreshes().get().refresh(app, refresh));
        } catch (BadCallException e) {
            return RefreshAnswers.early(e.trouble()).result();
        }
    }

    private CallerApp app(String clientId, Optional<Secret> clientSecret) {
        if (!CLIENT_ID.matcher(clientId).matches()) {
            throw BadCallException.early("twitter_client_id has a space, quote, colon or unprintable character, or more"
                    + " than 49 of them: give the OAuth 2.0 client id as the X developer portal shows it");
        }
        try {
            return kit.apps().app(clientId, clientSecret);
        } catch (IllegalArgumentException e) {
            // Its message may repeat what was given.
            throw BadCallException.early("twitter_client_id and twitter_client_secret are none of X's: give them as the"
                    + " X developer portal shows them, without quotes");
        }
    }
}
