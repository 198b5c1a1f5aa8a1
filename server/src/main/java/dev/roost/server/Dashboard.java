package dev.roost.server;

import dev.roost.server.dashboard.Sights;
import dev.roost.server.dashboard.accounts.AccountSection;
import dev.roost.server.dashboard.alerts.AlertsPage;
import dev.roost.server.dashboard.frame.PageErrors;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.SignIn;
import dev.roost.server.dashboard.live.Live;
import dev.roost.server.dashboard.overview.Glance;
import dev.roost.server.dashboard.overview.OverviewPage;
import dev.roost.server.http.Access;
import dev.roost.server.http.PathTemplate;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Route;
import dev.roost.server.v1.Setup;
import java.util.ArrayList;
import java.util.List;

/** What people see of Roost in a browser. */
final class Dashboard {
    private Dashboard() {}

    /**
     * The routes, and what ends with the server.
     *
     * @param stop ends what waits for news
     */
    record Opened(List<Route> routes, Runnable stop) {}

    static Opened open(Door door, Setup setup) {
        return door.sights().map(sights -> open(door, setup, sights)).orElseGet(() -> new Opened(List.of(), () -> {}));
    }

    private static Opened open(Door door, Setup setup, Sights sights) {
        Live live = new Live(sights.events(), sights.standing(), door.agents().changes());
        return new Opened(routes(door, setup, sights, live), live::stop);
    }

    private static List<Route> routes(Door door, Setup setup, Sights sights, Live live) {
        Pages pages = new Pages(door.version(), door.guards().clock(), sights.consent());
        PageErrors errors = new PageErrors(pages);
        List<Route> routes = new ArrayList<>();
        routes.addAll(pages.assets().routes());
        routes.addAll(new SignIn(pages, door.guards().sessions().orElseThrow()).routes(errors));
        Glance glance = new Glance(
                door.x().tokens().clientId(),
                sights.standing(),
                sights.history(),
                sights.search(),
                door.guards().clock(),
                sights.executor());
        routes.addAll(new OverviewPage(pages, glance, door.guards().clock()).routes(errors));
        routes.addAll(live.routes(errors));
        routes.addAll(accounts(door, setup, sights, pages).routes(errors));
        routes.addAll(new AlertsPage(pages, door.webhooks(), door.guards().clock()).routes(errors));
        routes.add(nothing(errors));
        return routes;
    }

    private static AccountSection accounts(Door door, Setup setup, Sights sights, Pages pages) {
        return new AccountSection(
                pages,
                setup,
                sights.search(),
                sights.events(),
                door.guards(),
                door.x().tokens().clientId());
    }

    /** Last of all: whatever else is asked for under this path gets a page that says so. */
    private static Route nothing(PageErrors errors) {
        return new Route(
                "*",
                PathTemplate.of("/dashboard/{rest*}"),
                "dashboard.nothing",
                new Access.Open(),
                Route.About.NO_ACCOUNT,
                errors,
                call -> {
                    throw new ProblemException(Problem.lasting(
                            404, "not_found", "there is no such page; the overview leads to all there are"));
                });
    }
}
