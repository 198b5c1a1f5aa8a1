package dev.roost.simulator;

import dev.roost.simulator.LedgerPost.Links;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Posts and users as API v2 shows them. Guarded by the lock of {@link World}. */
final class Shapes {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant JOINED = Instant.parse("2020-01-01T00:00:00Z");
    private static final String IMAGE =
            "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png";

    private final World world;

    Shapes(World world) {
        this.world = world;
    }

    /** An answer with one thing in it. */
    static Answer data(ObjectNode data) {
        return Answer.json(200, Json.object().set("data", data));
    }

    /** An answer with one post in it, and whatever else the fields ask for. */
    Answer one(LedgerPost post, Fields fields) {
        ObjectNode body = Json.object();
        body.set("data", post(post, fields));
        include(body, List.of(post), fields);
        return Answer.json(200, body);
    }

    /** Puts posts into a body; X leaves the data out altogether when there is none. */
    void put(ObjectNode body, Collection<LedgerPost> posts, Fields fields) {
        if (posts.isEmpty()) {
            return;
        }
        ArrayNode data = body.putArray("data");
        posts.forEach(post -> data.add(post(post, fields)));
        include(body, posts, fields);
    }

    private void include(ObjectNode body, Collection<LedgerPost> posts, Fields fields) {
        if (!fields.authors()) {
            return;
        }
        ArrayNode users = body.putObject("includes").putArray("users");
        posts.stream()
                .map(LedgerPost::userId)
                .distinct()
                .flatMap(id -> world.register().user(id).stream())
                .forEach(user -> users.add(user(user, fields)));
    }

    /** A post with its id, text and edit history, and the fields asked for. */
    ObjectNode post(LedgerPost post, Fields fields) {
        ObjectNode shape = Json.object().put("id", post.id()).put("text", post.text());
        shape.putArray("edit_history_tweet_ids").add(post.id());
        Set<String> wanted = fields.post();
        if (wanted.contains("author_id") || fields.authors()) {
            shape.put("author_id", post.userId());
        }
        if (wanted.contains("created_at")) {
            shape.put("created_at", TIME.format(post.createdAt()));
        }
        if (wanted.contains("conversation_id")) {
            shape.put("conversation_id", post.conversationId());
        }
        if (wanted.contains("public_metrics")) {
            shape.set("public_metrics", metrics(post));
        }
        putLinks(shape, post.links(), wanted);
        return shape;
    }

    private void putLinks(ObjectNode shape, Links links, Set<String> wanted) {
        if (wanted.contains("in_reply_to_user_id")) {
            links.replyTo().flatMap(world.posts()::authorOf).ifPresent(id -> shape.put("in_reply_to_user_id", id));
        }
        if (wanted.contains("referenced_tweets")
                && (links.replyTo().isPresent() || links.quotes().isPresent())) {
            ArrayNode references = shape.putArray("referenced_tweets");
            refer(references, "replied_to", links.replyTo());
            refer(references, "quoted", links.quotes());
        }
        if (wanted.contains("attachments") && !links.mediaIds().isEmpty()) {
            ArrayNode keys = shape.putObject("attachments").putArray("media_keys");
            links.mediaIds().stream()
                    .flatMap(id -> world.media().find(id).stream())
                    .forEach(upload -> keys.add(upload.key()));
        }
    }

    private static void refer(ArrayNode references, String type, Optional<String> id) {
        id.ifPresent(to -> references.addObject().put("type", type).put("id", to));
    }

    private ObjectNode metrics(LedgerPost post) {
        Optional<String> id = Optional.of(post.id());
        return Json.object()
                .put("retweet_count", post.reactions().repostedBy().size())
                .put("reply_count", count(other -> other.links().replyTo().equals(id)))
                .put("like_count", post.reactions().likedBy().size())
                .put("quote_count", count(other -> other.links().quotes().equals(id)))
                .put("bookmark_count", 0)
                .put("impression_count", 0);
    }

    private int count(Predicate<LedgerPost> wanted) {
        return world.posts().matching(wanted).size();
    }

    /** A user with id, name and username, and the fields asked for. */
    ObjectNode user(SimulatedUser user, Fields fields) {
        ObjectNode shape =
                Json.object().put("id", user.id()).put("name", user.username()).put("username", user.username());
        Set<String> wanted = fields.user();
        if (wanted.contains("created_at")) {
            shape.put("created_at", TIME.format(JOINED));
        }
        if (wanted.contains("description")) {
            shape.put("description", user.username() + " of the simulated X");
        }
        if (wanted.contains("profile_image_url")) {
            shape.put("profile_image_url", IMAGE);
        }
        if (wanted.contains("verified")) {
            shape.put("verified", false);
        }
        if (wanted.contains("public_metrics")) {
            shape.set("public_metrics", metrics(user));
        }
        return shape;
    }

    private ObjectNode metrics(SimulatedUser user) {
        return Json.object()
                .put("followers_count", 0)
                .put("following_count", 0)
                .put("tweet_count", world.posts().of(user.id()).size())
                .put("listed_count", 0)
                .put("like_count", count(post -> post.reactions().likedBy().contains(user.id())));
    }
}
