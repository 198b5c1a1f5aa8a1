package dev.roost.simulator;

import java.util.List;
import java.util.stream.Collectors;

/** The pages a person sees while authorizing an app. */
final class ConsentHtml {

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:16px/1.5 system-ui,sans-serif;margin:0;background:Canvas;color:CanvasText}
            main{max-width:28rem;margin:10vh auto;padding:0 1.5rem}
            h1{font-size:1.4rem;line-height:1.3}
            ul{padding-left:1.2rem} select,button{font:inherit;padding:.6rem 1rem;border-radius:.6rem}
            select{width:100%;margin:.3rem 0 1.2rem}
            button{border:1px solid GrayText;background:transparent;color:inherit;cursor:pointer}
            button[value=authorize]{background:#1a6fb8;border-color:#1a6fb8;color:#fff;font-weight:600}
            footer{margin-top:2rem;font-size:.85rem;opacity:.75}
            """;

    private ConsentHtml() {}

    /** The page that asks; its form posts to the URL it came from. */
    static String consent(AuthorizationRequest request, String id, List<SimulatedUser> users, String preselected) {
        String main = """
                <h1><strong>%s</strong> wants to access your X account</h1>
                <p>It asks for:</p><ul>%s</ul>
                <form method="post" action="%s">
                <input type="hidden" name="request" value="%s">
                %s
                <button name="decision" value="authorize"%s>Authorize app</button>
                <button name="decision" value="cancel">Cancel</button>
                </form>
                """.formatted(
                        escape(request.app().clientId()),
                        request.scopes().stream()
                                .map(scope -> "<li>" + escape(scope) + "</li>")
                                .collect(Collectors.joining()),
                        AuthorizeRoutes.PATH,
                        escape(id),
                        who(users, preselected),
                        users.isEmpty() ? " disabled" : "");
        return page("Authorize app", main);
    }

    /** The page that X shows instead of telling the app what it did wrong. */
    static String wentWrong(String reason) {
        return page("Something went wrong", """
                <h1>Something went wrong</h1>
                <p>You weren't able to give access to the App. Go back and try logging in again.</p>
                <footer>X would not say why. The simulator does: %s.</footer>
                """.formatted(escape(reason)));
    }

    private static String who(List<SimulatedUser> users, String preselected) {
        if (users.isEmpty()) {
            return "<p>There is no user yet. Add one with <code>POST /_sim/users</code>, then reload.</p>";
        }
        String options = users.stream().map(user -> option(user, preselected)).collect(Collectors.joining());
        return "<label for=\"user\">Signed in as</label>\n<select id=\"user\" name=\"user_id\">" + options
                + "</select>";
    }

    private static String option(SimulatedUser user, String preselected) {
        return "<option value=\"%s\"%s>@%s (%s)</option>"
                .formatted(user.id(), user.id().equals(preselected) ? " selected" : "", user.username(), user.id());
    }

    private static String page(String title, String main) {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>%s</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <style>%s</style></head>
                <body><main>%s<footer>This is a simulator. It is not X.</footer></main></body></html>
                """.formatted(title, STYLE, main);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
