package dev.roost.server.v1;

import dev.roost.core.Scopes;
import dev.roost.server.http.Members;
import dev.roost.server.http.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** What a program asks for when it begins a connection. */
record Wish(Optional<String> label, Scopes scopes, Optional<String> expectedUser, Optional<URI> returnUrl) {
    private static final int LONGEST_LABEL = 100;
    private static final int LONGEST_URL = 2000;
    /** Without these Roost cannot tell whose a grant is, nor keep it. */
    static final List<String> NEEDED = List.of("tweet.read", "users.read", Scopes.OFFLINE_ACCESS);

    private static final String NEEDS = "an array of X scopes, tweet.read, users.read and offline.access among them";

    /** @throws ProblemException if something in it is not allowed; the message says what is */
    static Wish read(ObjectNode body, Setup setup) {
        Members members = Members.of(body, "label", "scopes", "expectedUser", "returnUrl");
        return new Wish(
                members.text("label", LONGEST_LABEL),
                members.texts("scopes", "[a-z]{1,40}(\\.[a-z]{1,40}){1,4}", NEEDS)
                        .map(Wish::enough)
                        .orElse(setup.scopes()),
                members.text("expectedUser", Coverage.USER, Coverage.USER_ALLOWED),
                members.text("returnUrl", LONGEST_URL).map(url -> allowed(url, setup)));
    }

    private static Scopes enough(List<String> names) {
        if (!names.containsAll(NEEDED)) {
            throw ProblemException.invalid("\"scopes\" lacks one that Roost cannot do without; allowed: " + NEEDS);
        }
        return new Scopes(new TreeSet<>(names));
    }

    private static URI allowed(String url, Setup setup) {
        return setup.returnUrls().stream()
                .filter(known -> known.toString().equals(url))
                .findFirst()
                .orElseThrow(
                        () -> ProblemException.invalid("\"returnUrl\" is not among those that ROOST_RETURN_URLS lists"
                                + (setup.returnUrls().isEmpty() ? " (it lists none)" : "")
                                + "; add it there, to the letter, or leave it out"));
    }
}
