package dev.roost.x;

import dev.roost.core.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes foreign text fit to be shown: no control characters, at most {@link #LIMIT} characters, and nothing of the
 * secrets that went out with the request, plain, URL-encoded or in base64, nor any beginning of one (failure F29).
 * Immutable.
 */
final class Censor {
    /** The most characters that {@link #clean} returns. */
    static final int LIMIT = 200;

    /** So long a beginning gives a secret away. */
    private static final int TELLING = 8;

    private static final String MASK = "***";
    private static final String REST = "[A-Za-z0-9+/=_%~.:-]*";

    /** X's tokens, codes and secrets, and PKCE verifiers, are runs of 43 and more; words and ids are not. */
    private static final Pattern TOKEN_LIKE = Pattern.compile("[A-Za-z0-9_+%=-]{32,}");

    private final List<Pattern> forms = new ArrayList<>();

    private Censor() {}

    /** A censor of these secrets. */
    static Censor of(List<Secret> secrets) {
        Censor censor = new Censor();
        secrets.forEach(secret -> censor.add(secret.expose()));
        return censor;
    }

    /** A censor of these secrets. */
    static Censor of(Secret... secrets) {
        return of(List.of(secrets));
    }

    /** Makes text that no secret can be in fit to be shown. */
    static String shown(String text) {
        return of(List.of()).clean(text);
    }

    /** Makes text fit to be shown. */
    String clean(String text) {
        String clean = printable(text);
        for (Pattern form : forms) {
            clean = form.matcher(clean).replaceAll(MASK);
        }
        return cut(TOKEN_LIKE.matcher(clean).replaceAll(MASK));
    }

    private void add(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        addForm(secret);
        addForm(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        addForm(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        addForm(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private void addForm(String form) {
        String start = form.substring(0, Math.min(TELLING, form.length()));
        forms.add(Pattern.compile("(?:" + Pattern.quote(form) + "|" + Pattern.quote(start) + ")" + REST));
    }

    private static String printable(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]", "")
                .strip();
    }

    private static String cut(String text) {
        if (text.length() <= LIMIT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LIMIT - 2)) ? LIMIT - 2 : LIMIT - 1;
        return text.substring(0, end) + "…";
    }
}
