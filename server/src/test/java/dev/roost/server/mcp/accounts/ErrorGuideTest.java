package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ErrorGuideTest {
    /** The codes in the table of errors of the HTTP API, that being what both doors say. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[a-z_]+`(?:, )?)+) \\| .*\\|$");

    /** What can go wrong only with requests of HTTP, with imports, and with names for wishes. */
    private static final Set<String> OF_HTTP = Set.of(
            "api_key_missing_or_invalid",
            "credentials_missing",
            "token_invalid",
            "issuer_unavailable",
            "too_many_requests",
            "wrong_host",
            "wrong_origin",
            "not_found",
            "method_not_allowed",
            "connection_not_found",
            "webhook_not_found",
            "dead_letter_not_found",
            "not_a_form",
            "malformed_json",
            "not_json",
            "body_too_long",
            "body_missing",
            "length_required",
            "not_sent",
            "token_refused",
            "token_spent",
            "import_under_way",
            "idempotency_key_reused",
            "token_replaced",
            "refused");

    @Test
    void explainsEveryCodeOfTheHttpApiThatAToolCanMeet() throws IOException {
        String document = Files.readString(Path.of("../docs/http-api.md"));
        String table = document.substring(document.indexOf("| `code` | status |"));
        List<String> codes = ROW.matcher(table)
                .results()
                .map(MatchResult::group)
                .flatMap(row -> Pattern.compile("`([a-z_]+)`")
                        .matcher(row.substring(0, row.indexOf('|', 2)))
                        .results()
                        .map(code -> code.group(1)))
                .filter(code -> !code.equals("code"))
                .toList();
        assertThat(codes).hasSizeGreaterThan(40);
        assertThat(ErrorGuide.entries().stream().map(ErrorGuide.Entry::code))
                .containsAll(
                        codes.stream().filter(code -> !OF_HTTP.contains(code)).toList());
    }

    @Test
    void anUnknownCodeIsNotRepeatedBlindly() {
        assertThat(ErrorGuide.next("never_heard_of")).contains("Do not repeat the call");
    }
}
