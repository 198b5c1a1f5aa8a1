package dev.roost.server.dashboard.overview;

import dev.roost.server.dashboard.frame.PageErrors;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.Shell;
import dev.roost.server.dashboard.frame.SignIn;
import dev.roost.server.http.Call;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import java.util.List;
import java.util.Map;

/** How everything stands, on one page. */
public final class OverviewPage {
    private final Pages pages;

    /** Shows it in this frame. */
    public OverviewPage(Pages pages) {
        this.pages = pages;
    }

    /** Returns the routes. */
    public List<Route> routes(PageErrors errors) {
        return List.of(Route.browser("GET", "/dashboard", "dashboard.overview", SignIn.READERS, errors, this::page));
    }

    private Reply page(Call call) {
        return pages.page(call, Shell.Section.OVERVIEW, "Overview", "overview.jte", Map.of());
    }
}
