package dev.roost.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The judge: all that happened to tokens, as one consistent snapshot. Holds raw tokens, being for tests only.
 *
 * @param tokens every token ever issued, oldest first
 * @param requests every request to the token endpoint, in order of arrival
 * @param posts every post ever published, oldest first
 * @param media every upload, oldest first
 */
public record Ledger(
        List<LedgerToken> tokens, List<LedgerRequest> requests, List<LedgerPost> posts, List<LedgerMedia> media) {

    /** Copies the lists. */
    public Ledger {
        tokens = List.copyOf(tokens);
        requests = List.copyOf(requests);
        posts = List.copyOf(posts);
        media = List.copyOf(media);
    }

    /** How many refresh tokens were spent. */
    public int rotations() {
        return (int) requests.stream()
                .filter(request -> request.outcome() == Outcome.ROTATED)
                .count();
    }

    /** How often a refresh token was judged, leaving out requests that failed before that. */
    public int timesPresented(String refreshToken) {
        return (int) requests.stream()
                .filter(request -> request.presented().equals(refreshToken))
                .filter(request -> request.outcome().reachedGrant())
                .count();
    }

    /** The refresh token that X would accept now from this app for this user, if there is one. */
    public Optional<String> liveRefreshToken(String clientId, String userId) {
        return tokens.stream()
                .filter(token -> token.kind() == LedgerToken.Kind.REFRESH && token.live())
                .filter(token ->
                        token.clientId().equals(clientId) && token.userId().equals(userId))
                .map(LedgerToken::value)
                .findFirst();
    }

    /** Every token of a user, oldest first. */
    public List<LedgerToken> tokensOf(String userId) {
        return tokens.stream().filter(token -> token.userId().equals(userId)).toList();
    }

    /** The token with this raw value, if the simulator issued it. */
    public Optional<LedgerToken> token(String value) {
        return tokens.stream().filter(token -> token.value().equals(value)).findFirst();
    }

    /** Every pair of requests that had the same refresh token in flight at once; empty is what a keeper wants. */
    public List<Overlap> overlapping() {
        List<Overlap> found = new ArrayList<>();
        for (int later = 1; later < requests.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (requests.get(earlier).overlaps(requests.get(later))) {
                    found.add(new Overlap(requests.get(earlier), requests.get(later)));
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * Two requests in flight at once for one refresh token.
     *
     * @param earlier arrived first
     * @param later arrived before the other ended
     */
    public record Overlap(LedgerRequest earlier, LedgerRequest later) {}
}
