package dev.roost.simulator;

import java.util.List;
import java.util.Optional;

/**
 * Tokens issued together.
 *
 * @param tokens the access token, then the refresh token if one was issued
 */
record Issued(List<Token> tokens) {

    /** Copies the list. */
    Issued {
        tokens = List.copyOf(tokens);
    }

    Token access() {
        return tokens.getFirst();
    }

    Optional<Token> refresh() {
        return tokens.stream().skip(1).findFirst();
    }

    IssuedPair pair() {
        return new IssuedPair(access().value(), refresh().map(Token::value).orElse(""));
    }
}
