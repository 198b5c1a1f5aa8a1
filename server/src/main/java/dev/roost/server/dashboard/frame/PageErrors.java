package dev.roost.server.dashboard.frame;

import dev.roost.server.http.Call;
import dev.roost.server.http.ErrorForm;
import dev.roost.server.http.Problem;
import dev.roost.server.http.Reply;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Errors as pages. Who is not signed in is led to where one signs in, and back again afterwards. To a part of a page (htmx) an
 * error is a notice, which the page shows on top.
 */
public final class PageErrors implements ErrorForm {
    private final Pages pages;

    /** Makes them of these pages. */
    public PageErrors(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Reply reply(Problem problem, Call call) {
        boolean isPart = call.header("HX-Request").isPresent();
        if (problem.code().equals("not_signed_in")) {
            return isPart
                    ? Pages.guarded(Reply.empty(401).with("HX-Redirect", signIn(shown(call))))
                    : toSignIn(problem, call);
        }
        return isPart ? notice(problem) : page(problem, call);
    }

    private Reply toSignIn(Problem problem, Call call) {
        String accept = call.header("Accept").orElse("");
        if (!call.method().equals("GET") || !accept.contains("text/html")) {
            return page(problem, call);
        }
        String path = call.rawPath() + (call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery());
        return Pages.goTo(signIn(path));
    }

    /** Returns the address of the sign-in that leads back to this page. */
    private static String signIn(String page) {
        return page.isEmpty() || page.equals(Shell.Section.OVERVIEW.path())
                ? SignIn.PATH
                : SignIn.PATH + "?next=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
    }

    /** Returns the page that a part was asked for from, as htmx tells it; empty if it does not. */
    private static String shown(Call call) {
        try {
            URI page = URI.create(call.header("HX-Current-URL").orElse(""));
            String path = Optional.ofNullable(page.getRawPath()).orElse("");
            return page.getRawQuery() == null ? path : path + "?" + page.getRawQuery();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Reply notice(Problem problem) {
        return pages.part(problem.status(), "notice.jte", Map.of("text", words(problem)))
                .with("HX-Retarget", "#notices")
                .with("HX-Reswap", "innerHTML");
    }

    private Reply page(Problem problem, Call call) {
        return pages.page(
                call,
                problem.status(),
                Optional.empty(),
                headline(problem),
                "error.jte",
                Map.of(
                        "headline",
                        headline(problem),
                        "text",
                        words(problem),
                        "status",
                        problem.status(),
                        "requestId",
                        call.id()));
    }

    private static String headline(Problem problem) {
        return switch (problem.status()) {
            case 401 -> "You are not signed in";
            case 403 -> "That is not allowed";
            case 404 -> "Nothing here";
            case 409 -> "That does not fit now";
            case 410 -> "This account was disconnected";
            case 429 -> "Too many requests";
            case 503 -> "Not just now";
            default -> problem.status() < 500 ? "That did not work" : "Something went wrong";
        };
    }

    /** Returns what a page says of a problem: its detail, without the API's addresses, which lead nowhere in a browser. */
    public static String words(Problem problem) {
        return switch (problem.code()) {
            case "account_not_found" -> "There is no such account. The list of accounts has all that are kept.";
            case "account_disconnected" ->
                "This account was disconnected, and its tokens are deleted. A person who may change accounts can take it back"
                        + " with \"Connect again\" on its page.";
            default -> sentence(problem.detail());
        };
    }

    /** Makes a sentence of a detail, which begins small, as it stands behind a code elsewhere. */
    public static String sentence(String detail) {
        return detail.isEmpty()
                ? detail
                : detail.substring(0, 1).toUpperCase(Locale.ROOT)
                        + detail.substring(1)
                        + (detail.endsWith(".") ? "" : ".");
    }
}
