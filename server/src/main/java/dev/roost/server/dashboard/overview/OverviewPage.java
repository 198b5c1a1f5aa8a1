package dev.roost.server.dashboard.overview;

import dev.roost.core.access.KeyScope;
import dev.roost.server.dashboard.frame.PageErrors;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.Shell;
import dev.roost.server.dashboard.frame.SignIn;
import dev.roost.server.http.Call;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** How everything stands, on one page. */
public final class OverviewPage {
    private final Pages pages;
    private final Glance glance;
    private final InstantSource clock;

    /** Shows it in this frame. */
    public OverviewPage(Pages pages, Glance glance, InstantSource clock) {
        this.pages = pages;
        this.glance = glance;
        this.clock = clock;
    }

    /** Returns the routes. */
    public List<Route> routes(PageErrors errors) {
        return List.of(
                Route.browser("GET", "/dashboard", "dashboard.overview", SignIn.READERS, errors, this::page),
                Route.browser(
                        "GET", "/dashboard/overview", "dashboard.overview_part", SignIn.READERS, errors, this::part));
    }

    private Reply page(Call call) {
        return pages.page(call, Shell.Section.OVERVIEW, "Overview", "overview.jte", Map.of("view", view()));
    }

    /** What changes on the page, which fetches it again after news. */
    private Reply part(Call call) {
        return pages.part(
                "overview-part.jte",
                Map.of("view", view(), "mayWrite", call.caller().has(KeyScope.ACCOUNTS_WRITE)));
    }

    private View view() {
        glance.look();
        return new Looking(glance, clock.instant()).view();
    }
}
