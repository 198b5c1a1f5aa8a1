package dev.roost.server.dashboard.frame;

import dev.roost.server.http.Call;
import dev.roost.server.http.Reply;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes pages out of templates (src/main/jte), with the headers that keep them apart from everything else a browser has open.
 * What a template prints is escaped for the place where it stands. Safe for many threads.
 */
public final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Assets assets = new Assets();
    private final String version;
    private final InstantSource clock;
    private final String policy;

    /**
     * Makes pages of this Roost.
     *
     * @param version of Roost, shown at the foot
     * @param clock the time of day
     * @param consent where X asks people; forms may lead there, and nowhere else
     */
    public Pages(String version, InstantSource clock, URI consent) {
        this.clock = clock;
        this.version = version;
        this.policy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " form-action 'self' " + consent.getScheme() + "://" + consent.getRawAuthority()
                        + "; base-uri 'none'; frame-ancestors 'none'";
    }

    /** Returns the files of the pages. */
    public Assets assets() {
        return assets;
    }

    /**
     * Makes a whole page.
     *
     * @param template such as {@code overview.jte}; it takes the parameter {@code shell} and those given
     * @param parameters by name
     */
    public Reply page(
            Call call,
            int status,
            Optional<Shell.Section> section,
            String title,
            String template,
            Map<String, ?> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("shell", new Shell(title, section, assets, version, clock.instant(), Shell.Visitor.of(call)));
        return guarded(Reply.page(status, policy, render(template, all)));
    }

    /** Makes a whole page that is as it should be (200). */
    public Reply page(Call call, Shell.Section section, String title, String template, Map<String, ?> parameters) {
        return page(call, 200, Optional.of(section), title, template, parameters);
    }

    /** Makes a part of a page, which a page fetches by itself; the template gets no frame. */
    public Reply part(String template, Map<String, ?> parameters) {
        return part(200, template, parameters);
    }

    /** Makes a part of a page with this status. */
    public Reply part(int status, String template, Map<String, ?> parameters) {
        return guarded(Reply.page(status, policy, render(template, new HashMap<>(parameters))));
    }

    /** Sends a browser on, after a form or to another page. */
    public static Reply goTo(String path) {
        return guarded(Reply.empty(303).with("Location", path));
    }

    /** Returns the answer with the headers that keep the dashboard apart from whatever else the browser has open. */
    static Reply guarded(Reply reply) {
        return reply.with("Referrer-Policy", "same-origin")
                .with("X-Frame-Options", "DENY")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with(
                        "Permissions-Policy",
                        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
    }

    private String render(String template, Map<String, Object> parameters) {
        StringOutput out = new StringOutput(16 * 1024);
        engine.render(template, parameters, out);
        return out.toString();
    }
}
