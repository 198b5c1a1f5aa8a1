package dev.roost.simulator;

import java.util.ArrayList;
import java.util.List;

/** What one user allowed one app, and every token issued for it. Guarded by the lock of {@link World}. */
final class Grant {

    private final String id;
    private final String clientId;
    private final String userId;
    private final List<String> scopes;
    private final List<Token> tokens = new ArrayList<>();

    Grant(String id, String clientId, String userId, List<String> scopes) {
        this.id = id;
        this.clientId = clientId;
        this.userId = userId;
        this.scopes = List.copyOf(scopes);
    }

    String id() {
        return id;
    }

    String clientId() {
        return clientId;
    }

    String userId() {
        return userId;
    }

    List<String> scopes() {
        return scopes;
    }

    boolean isOffline() {
        return scopes.contains(Scopes.OFFLINE);
    }

    boolean belongsTo(String otherClientId, String otherUserId) {
        return clientId.equals(otherClientId) && userId.equals(otherUserId);
    }

    void add(Token token) {
        tokens.add(token);
    }

    /** Kills every token that is not dead already. */
    void kill(String reason) {
        tokens.forEach(token -> token.kill(reason));
    }

    /** Kills every access token that is not dead already. */
    void killAccess(String reason) {
        tokens.stream().filter(token -> token.kind() == LedgerToken.Kind.ACCESS).forEach(token -> token.kill(reason));
    }
}
