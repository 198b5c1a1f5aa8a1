package dev.roost.server.operations;

import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Route;
import java.util.List;

/** The operations on accounts, and the proxy to X. */
public final class OperationRoutes {
    private static final String ACCOUNT = "/v1/accounts/{account}";
    private static final String TWEETS = ACCOUNT + "/tweets";
    private static final String TWEET = TWEETS + "/{tweet}";
    private static final String PROXY = "/x/2/{rest*}";

    private OperationRoutes() {}

    /** Returns them all. */
    public static List<Route> of(Tools tools) {
        Publishing publishing = new Publishing(new Posts(tools));
        Reading reading = new Reading(tools);
        Reactions reactions = new Reactions(tools);
        Uploads uploads = new Uploads(new MediaFiles(tools), tools.answers());
        Proxy proxy = new Proxy(tools);
        return List.of(
                writing("POST", TWEETS, "tweets.create", publishing::create),
                writing("DELETE", TWEET, "tweets.delete", publishing::delete),
                reading(TWEETS, "tweets.list", reading::timeline),
                reading(TWEET + "/metrics", "tweets.metrics", reading::metrics),
                reading(ACCOUNT + "/mentions", "mentions.list", reading::mentions),
                reading(ACCOUNT + "/search", "tweets.search", reading::search),
                reading(ACCOUNT + "/profile", "profile.read", reading::profile),
                writing("POST", TWEET + "/like", "tweets.like", reactions.like()),
                writing("DELETE", TWEET + "/like", "tweets.unlike", reactions.unlike()),
                writing("POST", TWEET + "/retweet", "tweets.retweet", reactions.retweet()),
                writing("DELETE", TWEET + "/retweet", "tweets.unretweet", reactions.unretweet()),
                writing("POST", ACCOUNT + "/media", "media.upload", uploads::upload),
                reading(ACCOUNT + "/media/{media}", "media.status", uploads::status),
                reading(PROXY, "proxy.read", proxy::pass).aboutHeader(),
                writing("POST", PROXY, "proxy.write", proxy::pass).aboutHeader(),
                writing("PUT", PROXY, "proxy.write", proxy::pass).aboutHeader(),
                writing("PATCH", PROXY, "proxy.write", proxy::pass).aboutHeader(),
                writing("DELETE", PROXY, "proxy.write", proxy::pass).aboutHeader());
    }

    private static Route reading(String path, String operation, Endpoint endpoint) {
        return Route.keyed("GET", path, operation, KeyScope.X_READ, endpoint);
    }

    private static Route writing(String method, String path, String operation, Endpoint endpoint) {
        return Route.keyed(method, path, operation, KeyScope.X_WRITE, endpoint);
    }
}
