package dev.roost.server.dashboard.frame;

import dev.roost.server.http.Call;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the dashboard, all from the class path: pages load nothing from anywhere else. */
public final class Assets {
    private static final String PLACE = "/dashboard/assets/";

    private final Asset style = Asset.read("/dev/roost/server/dashboard/dashboard.css", "dashboard", "css", "text/css");
    private final Asset script =
            Asset.read("/dev/roost/server/dashboard/dashboard.js", "dashboard", "js", "text/javascript");
    private final Asset icon = Asset.read("/dev/roost/server/dashboard/roost.svg", "roost", "svg", "image/svg+xml");
    private final Asset htmx = Asset.read(
            "/META-INF/resources/webjars/htmx.org/" + HTMX + "/dist/htmx.min.js", "htmx", "js", "text/javascript");
    private final Map<String, Reply> replies =
            Stream.of(style, script, icon, htmx).collect(Collectors.toMap(Asset::name, Assets::reply));

    /** The version of the root pom. */
    private static final String HTMX = "2.0.8";

    /** Returns the address of the style sheet. */
    public String style() {
        return PLACE + style.name();
    }

    /** Returns the address of Roost's own script. */
    public String script() {
        return PLACE + script.name();
    }

    /** Returns the address of the icon. */
    public String icon() {
        return PLACE + icon.name();
    }

    /** Returns the address of htmx. */
    public String htmx() {
        return PLACE + htmx.name();
    }

    /** Returns the route of all of them. */
    public List<Route> routes() {
        return List.of(Route.open(PLACE + "{file}", "dashboard.asset", this::answer));
    }

    private Reply answer(Call call) {
        Reply reply = replies.get(call.value("file"));
        if (reply == null) {
            throw new ProblemException(
                    Problem.lasting(404, "not_found", "there is no such file; reload the page that names it"));
        }
        return reply;
    }

    private static Reply reply(Asset asset) {
        return Reply.text(200, asset.type() + ";charset=utf-8", asset.content())
                .with("Cache-Control", "public, max-age=31536000, immutable")
                .with("Cross-Origin-Resource-Policy", "same-origin");
    }
}
