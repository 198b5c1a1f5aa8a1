package dev.roost.server.dashboard.frame;

import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Access;
import dev.roost.server.http.Call;
import dev.roost.server.http.PathTemplate;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import dev.roost.server.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where people sign in to the dashboard by an API key, and out again. The key is checked by the gate, and shown nowhere. */
public final class SignIn {
    /** Where. */
    public static final String PATH = "/dashboard/sign-in";

    /** Who may see the dashboard. */
    public static final Set<KeyScope> READERS = Set.of(KeyScope.ACCOUNTS_READ);

    private static final String HOME = Shell.Section.OVERVIEW.path();
    /** Only a page of the dashboard: anything else could be a page that looks like it. */
    private static final String NEXT = "/dashboard(/[A-Za-z0-9_@.~-]+)*(\\?[A-Za-z0-9_.~%&=+@:,-]*)?";

    private static final int LONGEST_NEXT = 500;

    private final Pages pages;
    private final Sessions sessions;

    /** Signs in to these pages. */
    public SignIn(Pages pages, Sessions sessions) {
        this.pages = pages;
        this.sessions = sessions;
    }

    /** Returns the routes. */
    public List<Route> routes(PageErrors errors) {
        return List.of(
                new Route(
                        "GET",
                        PathTemplate.of(PATH),
                        "dashboard.sign_in_page",
                        new Access.Open(),
                        Route.About.NO_ACCOUNT,
                        errors,
                        call -> form(call, 200, "", next(call.query("next")))),
                new Route(
                        "POST",
                        PathTemplate.of(PATH),
                        "dashboard.sign_in",
                        new Access.SignIn(READERS),
                        Route.About.NO_ACCOUNT,
                        this::refused,
                        call -> Pages.goTo(next(call.form().text("next")))),
                Route.browser("POST", "/dashboard/sign-out", "dashboard.sign_out", Set.of(), errors, this::signOut));
    }

    private Reply signOut(Call call) {
        boolean isSecure = call.visit().map(visit -> visit.isSecure()).orElse(false);
        return Pages.goTo(PATH).with("Set-Cookie", sessions.end(isSecure));
    }

    private Reply refused(Problem problem, Call call) {
        return form(call, problem.status(), PageErrors.sentence(problem.detail()), wantedNext(call));
    }

    /** The form itself may be what is wrong. */
    private static String wantedNext(Call call) {
        try {
            return next(call.form().text("next"));
        } catch (ProblemException e) {
            return HOME;
        }
    }

    private Reply form(Call call, int status, String trouble, String next) {
        return pages.page(
                call, status, Optional.empty(), "Sign in", "sign-in.jte", Map.of("trouble", trouble, "next", next));
    }

    private static String next(Optional<String> wanted) {
        return wanted.filter(path -> path.length() <= LONGEST_NEXT && path.matches(NEXT) && !path.contains(".."))
                .orElse(HOME);
    }
}
