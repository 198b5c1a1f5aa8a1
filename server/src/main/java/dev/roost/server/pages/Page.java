package dev.roost.server.pages;

import dev.roost.server.http.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The page that a person sees after a sign-in: one file, no script, nothing loaded from anywhere. */
final class Page {
    private static final String STYLE = """
            :root{color-scheme:light dark;--paper:#f6f4ef;--card:#fff;--ink:#1d232b;--soft:#566170;--line:#e2ddd2;\
            --good:#1a7f4b;--waiting:#8a6100;--bad:#b3332c}
            @media (prefers-color-scheme:dark){:root{--paper:#14171c;--card:#1d2229;--ink:#eceff3;--soft:#a3aebb;\
            --line:#313945;--good:#58c98d;--waiting:#e0b352;--bad:#ff8d85}}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--paper);\
            color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
            main{width:100%;max-width:34rem;background:var(--card);border:1px solid var(--line);border-radius:.875rem;\
            padding:clamp(1.5rem,5vw,2.5rem);overflow-wrap:anywhere}
            .mark{display:grid;place-items:center;width:3rem;height:3rem;border-radius:50%;font-size:1.5rem;\
            line-height:1;border:2px solid currentColor}
            .good{color:var(--good)}.waiting{color:var(--waiting)}.bad{color:var(--bad)}
            h1{font-size:1.625rem;line-height:1.25;margin:1.25rem 0 .75rem}
            p{margin:0 0 1rem}
            .next{margin:1.5rem 0 0;padding-top:1.25rem;border-top:1px solid var(--line);color:var(--soft)}
            a{color:inherit}
            """;
    private static final String POLICY = "default-src 'none'; style-src '" + hash(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Page() {}

    static Reply render(Finding finding) {
        return render(finding, Optional.empty());
    }

    /** @param onward where a link leads the person on, if anywhere */
    static Reply render(Finding finding, Optional<URI> onward) {
        String tone = finding.tone().name().toLowerCase(Locale.ROOT);
        String html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Roost</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <div class="mark %s" aria-hidden="true">%s</div>
                <h1>%s</h1>
                <p>%s</p>
                <p class="next">%s</p>%s
                </main>
                </body>
                </html>
                """.formatted(
                        escaped(finding.title()),
                        STYLE,
                        tone,
                        mark(finding.tone()),
                        escaped(finding.title()),
                        escaped(finding.text()),
                        escaped(finding.next()),
                        onward.map(Page::link).orElse(""));
        return Reply.page(finding.status(), POLICY, html);
    }

    private static String link(URI onward) {
        String href = escaped(onward.toASCIIString());
        return "\n<p><a href=\"" + href + "\">Go on to " + escaped(String.valueOf(onward.getHost())) + "</a></p>";
    }

    private static String mark(Finding.Tone tone) {
        return switch (tone) {
            case GOOD -> "✓";
            case WAITING -> "…";
            case BAD -> "!";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String hash(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
