package dev.roost.proof.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
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
    private final Set<String> fetched = new HashSet<>();
    private boolean lenient;

    Watch(BrowserContext context, String home, Set<String> origins) {
        this.home = home;
        context.addInitScript(SCRIPT);
        context.onRequest(request -> {
            boolean isOurs = request.url().startsWith(home) && request.method().equals("GET");
            if (isOurs && !request.resourceType().equals("eventsource")) {
                fetched.add(request.url());
            }
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

    /** Fetches all that was fetched once more, with the cookies of the browser; streams that have no end are left out. */
    String fetchAgain(APIRequestContext client) {
        StringBuilder all = new StringBuilder();
        for (String url : Set.copyOf(fetched)) {
            APIResponse answer = client.get(url, RequestOptions.create().setMaxRedirects(0));
            answer.headersArray()
                    .forEach(header -> all.append(header.name)
                            .append(": ")
                            .append(header.value)
                            .append('\n'));
            all.append(answer.text()).append('\n');
        }
        assertThat(fetched).as("what was fetched").isNotEmpty();
        return all.toString();
    }
}
