package dev.roost.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.server.http.Reply;
import dev.roost.server.pages.Finding.Tone;
import org.junit.jupiter.api.Test;

final class PageTest {
    @Test
    void escapesWhateverItSays() {
        Reply reply = Page.render(new Finding(400, Tone.BAD, "<b>", "a & \"b\"", "'x' <script>"));
        assertThat(reply.body().toString())
                .contains("<title>&lt;b&gt; · Roost</title>", "a &amp; &quot;b&quot;", "&#39;x&#39; &lt;script&gt;")
                .doesNotContain("<script");
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void allowsItsOwnStyleAndNothingElse() {
        Reply reply = Page.render(new Finding(200, Tone.GOOD, "t", "x", "n"));
        assertThat(reply.headers().get("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
    }
}
