package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CensorTest {
    private static final String TOKEN = "to+ken/with=odd~chars&more";
    private static final Censor CENSOR = Censor.of(Secret.of(TOKEN));

    @Test
    void removesASecretInEveryFormF29() {
        byte[] bytes = TOKEN.getBytes(StandardCharsets.UTF_8);
        for (String form : new String[] {
            TOKEN,
            URLEncoder.encode(TOKEN, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            TOKEN.substring(0, 8),
            TOKEN.substring(0, 11)
        }) {
            assertThat(CENSOR.clean("bad " + form + " there")).isEqualTo("bad *** there");
        }
    }

    @Test
    void removesWhatLooksLikeATokenNobodyKnowsOfF29() {
        assertThat(Censor.shown("new token " + "aZ9_".repeat(12) + "!")).isEqualTo("new token ***!");
        assertThat(Censor.shown("https://api.twitter.com/2/problems/invalid-request"))
                .isEqualTo("https://api.twitter.com/2/problems/invalid-request");
    }

    @Test
    void cutsOnlyAfterRemovingF29() {
        String text = "x ".repeat(98) + TOKEN;
        assertThat(CENSOR.clean(text)).doesNotContain("to+k").hasSizeLessThanOrEqualTo(Censor.LIMIT);
    }

    @Test
    void removesWhatATerminalWouldObey() {
        assertThat(Censor.shown("a\u001b[31mb\r\n\u202ec\u0007\td\u200b")).isEqualTo("a[31mb c d");
    }

    @Test
    void cutsBetweenCharactersOnly() {
        assertThat(Censor.shown("😀".repeat(300)))
                .hasSizeLessThanOrEqualTo(Censor.LIMIT)
                .endsWith("😀…");
    }
}
