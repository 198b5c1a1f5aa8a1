package dev.roost.x;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names requests to X for metrics: by templates, so that the names stay few whatever ids the paths hold, and whatever
 * paths a caller of the proxy makes up.
 */
public final class XRoutes {
    /** What a request is called that fits no template. */
    public static final String OTHER = "other";

    /** X's token endpoint. */
    public static final String TOKEN = "POST /2/oauth2/token";

    private static final String ANYTHING = "*";

    /** Longer templates first where two could fit; {@code *} takes one segment. */
    private static final List<String> NAMES = List.of(
            TOKEN,
            "POST /2/oauth2/revoke",
            "GET /2/users/me",
            "GET /2/users/by/username/*",
            "GET /2/users/*/tweets",
            "GET /2/users/*/mentions",
            "POST /2/users/*/likes",
            "DELETE /2/users/*/likes/*",
            "POST /2/users/*/retweets",
            "DELETE /2/users/*/retweets/*",
            "GET /2/tweets/search/recent",
            "GET /2/tweets/*",
            "POST /2/tweets",
            "DELETE /2/tweets/*",
            "GET /2/media/upload",
            "POST /2/media/upload/initialize",
            "POST /2/media/upload/*/append",
            "POST /2/media/upload/*/finalize");

    private static final Map<String, List<Template>> BY_METHOD =
            NAMES.stream().map(Template::of).collect(Collectors.groupingBy(Template::method));

    private XRoutes() {}

    private record Template(String name, String method, List<String> segments) {
        static Template of(String name) {
            int space = name.indexOf(' ');
            return new Template(
                    name,
                    name.substring(0, space),
                    List.of(name.substring(space + 1).split("/", -1)));
        }

        boolean fits(List<String> path) {
            if (path.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!segments.get(i).equals(ANYTHING) && !segments.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns every name there can be, {@link #OTHER} included. */
    public static List<String> names() {
        return Stream.concat(NAMES.stream(), Stream.of(OTHER)).toList();
    }

    /** Returns the name of a request with this method and this path below the API address. */
    static String name(String method, String path) {
        List<String> segments = List.of(path.split("/", -1));
        return BY_METHOD.getOrDefault(method, List.of()).stream()
                .filter(template -> template.fits(segments))
                .map(Template::name)
                .findFirst()
                .orElse(OTHER);
    }
}
