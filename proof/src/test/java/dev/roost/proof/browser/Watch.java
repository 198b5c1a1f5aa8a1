package dev.roost.proof.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes what a browser complains about, where its requests go, and what it gets. */
final class Watch {
    private static final String SCRIPT = """
            window.__shifts = [];
            window.__violations = [];
            new PerformanceObserver(list => list.getEntries().forEach(entry => {
                if (!entry.hadRecentInput && entry.value > 0.01) {
                    window.__shifts.push(entry.value.toFixed(4) + ' after '
                        + Math.round(entry.startTime) + ' ms, ' + innerWidth + ' px, by ' + entry.sources
                        .map(source => source.node?.outerHTML?.slice(0, 90) ?? '?').join(', '));
                }
            })).observe({type: 'layout-shift', buffered: true});
            addEventListener('securitypolicyviolation', event =>
                window.__violations.push(event.violatedDirective + ' ' + event.blockedURI));
            """;

    private final String home;
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> documents = new HashSet<>();
    private final List<Response> responses = new ArrayList<>();
    private boolean lenient;

    Watch(BrowserContext context, String home, Set<String> origins) {
        this.home = home;
        context.addInitScript(SCRIPT);
        context.onRequest(request -> {
            if (request.isNavigationRequest()) {
                documents.add(request.url());
            }
            if (origins.stream().noneMatch(request.url()::startsWith)
                    && !request.url().startsWith("data:")) {
                complaints.add("a request left for " + request.url());
            }
        });
        context.onConsoleMessage(message -> {
            if (!lenient && Set.of("error", "warning").contains(message.type()) && isOurs(message.location())) {
                complaints.add("console: " + message.text() + " at " + message.location());
            }
        });
        context.onWebError(error -> complaints.add("script: " + error.error()));
        context.onResponse(responses::add);
    }

    /** A console also tells of pages of X, and of each page whose status is not 200. */
    private boolean isOurs(String location) {
        String url = location.replaceAll(":\\d+:\\d+$", "");
        return !documents.contains(url) && (url.isEmpty() || url.startsWith(home));
    }

    /** From now on the server may be away, of which a console complains. */
    void expectTrouble() {
        lenient = true;
    }

    /** Returns what was wrong on this page or before, in words. */
    List<String> complaints(Page page) {
        List<String> all = new ArrayList<>(complaints);
        list(page, "__violations").forEach(violation -> all.add("content security policy: " + violation));
        list(page, "__shifts").forEach(shift -> all.add("layout shift: " + shift));
        return all;
    }

    private List<String> list(Page page, String name) {
        if (!page.url().startsWith(home)) {
            return List.of();
        }
        List<?> found = (List<?>) page.evaluate("() => window." + name + " ?? []");
        return found.stream().map(String::valueOf).toList();
    }

    /** Returns all headers and whole bodies that came; streams that have no end are left out. */
    String received() {
        StringBuilder all = new StringBuilder();
        for (Response response : List.copyOf(responses)) {
            all.append(response.url()).append('\n');
            response.headersArray()
                    .forEach(header -> all.append(header.name)
                            .append(": ")
                            .append(header.value)
                            .append('\n'));
            boolean ends = !response.headers().getOrDefault("content-type", "").startsWith("text/event-stream");
            boolean hasBody = response.status() / 100 == 2 || response.status() >= 400;
            if (ends && hasBody) {
                all.append(response.text()).append('\n');
            }
        }
        return all.toString();
    }
}
