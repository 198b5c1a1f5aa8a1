package dev.roost.server.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a token allows out of its claims, which were found to be genuine. */
final class GrantReader {
    private static final String ACCOUNTS = "roost_accounts";

    private GrantReader() {}

    static TokenCheck read(JWTClaimsSet claims) {
        String subject = Optional.ofNullable(claims.getSubject()).orElse("");
        String client = text(claims, "client_id").or(() -> text(claims, "azp")).orElse("");
        if (subject.isEmpty() && client.isEmpty()) {
            return new TokenCheck.Bad("it names neither a subject (sub) nor a client (client_id); issue it with one");
        }
        boolean limited = claims.getClaims().containsKey(ACCOUNTS);
        Optional<Set<String>> accounts = limited ? accounts(claims.getClaim(ACCOUNTS)) : Optional.empty();
        if (limited && accounts.isEmpty()) {
            // A limit that cannot be read must not become none.
            return new TokenCheck.Bad(ACCOUNTS + " in it is no array of at most " + AgentGrant.MOST_ACCOUNTS
                    + " ids of accounts; issue it with ids as Roost (acc_ and 20 digits of 0-9a-f) or X (digits) has"
                    + " them, without usernames, which may pass to somebody else");
        }
        String principal = principal(String.valueOf(claims.getIssuer()), subject, client);
        return new TokenCheck.Good(new AgentGrant(principal, client, scopes(claims), accounts));
    }

    private static Optional<Set<String>> accounts(Object claim) {
        return claim instanceof List<?> list
                        && list.size() <= AgentGrant.MOST_ACCOUNTS
                        && list.stream().allMatch(GrantReader::isId)
                ? Optional.of(list.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new)))
                : Optional.empty();
    }

    /** No username is one: after a change at X the token would be good for somebody else. */
    private static boolean isId(Object name) {
        return name instanceof String text
                && (AccountId.isForm(text) || AgentGrant.X_USER_ID.matcher(text).matches());
    }

    /** {@code scope} is a text (RFC 8693 section 4.2), {@code scp} usually a list; some servers have it the other way. */
    private static Set<KeyScope> scopes(JWTClaimsSet claims) {
        Set<String> words = Stream.of("scope", "scp")
                .flatMap(name -> words(claims.getClaim(name)))
                .collect(Collectors.toSet());
        return Arrays.stream(KeyScope.values())
                .filter(scope -> words.contains(scope.text()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> words(Object claim) {
        return switch (claim) {
            case String text -> Arrays.stream(text.split(" ", -1));
            case List<?> list -> list.stream().filter(String.class::isInstance).map(String::valueOf);
            case null, default -> Stream.empty();
        };
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The length keeps two different pairs from being one text. */
    private static String principal(String issuer, String subject, String client) {
        String whole = issuer + "\n" + subject.length() + "\n" + subject + client;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return "oauth:" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
