package dev.roost.testkit;

import dev.roost.core.RefreshToken;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import java.util.Optional;

/** X's token endpoint as one process sees it, with that process's {@link Faults} before and after a refresh. */
public record FaultyEndpoint(TokenEndpoint endpoint, Faults faults) implements TokenEndpoint {
    @Override
    public String clientId() {
        return endpoint.clientId();
    }

    @Override
    public Verdict refresh(RefreshToken token) {
        return faults.at("send", () -> endpoint.refresh(token));
    }

    @Override
    public Verdict probe() {
        return faults.at("probe", endpoint::probe);
    }

    @Override
    public Optional<String> revoke(TokenPair tokens) {
        return faults.at("revoke", () -> endpoint.revoke(tokens));
    }
}
