package dev.roost.simulator;

import dev.roost.simulator.LedgerPost.Links;
import dev.roost.simulator.LedgerPost.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of {@code POST /2/tweets}. Whatever is wrong with its shape goes to the findings. */
final class DraftReader {

    private static final int MAX_MEDIA = 4;
    private static final int MAX_OPTION = 25;
    private static final Set<String> POST_FIELDS = Set.of(
            "text",
            "reply",
            "media",
            "poll",
            "quote_tweet_id",
            "reply_settings",
            "community_id",
            "made_with_ai",
            "paid_partnership",
            "card_uri",
            "direct_message_deep_link",
            "edit_options",
            "for_super_followers_only",
            "geo",
            "nullcast",
            "share_with_followers");
    private static final Set<String> REPLY_FIELDS =
            Set.of("in_reply_to_tweet_id", "exclude_reply_user_ids", "auto_populate_reply_metadata");
    private static final Set<String> MEDIA_FIELDS = Set.of("media_ids", "tagged_user_ids");
    private static final Set<String> POLL_FIELDS = Set.of("options", "duration_minutes", "reply_settings");

    private final Findings findings;

    DraftReader(Findings findings) {
        this.findings = findings;
    }

    Draft read(ObjectNode body) {
        allow(body, POST_FIELDS, "");
        if (body.has("text") && !body.path("text").isString()) {
            findings.add("text", "", "The `text` must be a string.");
        }
        String text = body.path("text").asString("");
        if (text.isBlank() && !body.has("media") && !body.has("poll")) {
            findings.add("text", text, "The `text` must not be empty.");
        }
        if (Stream.of("media", "poll", "quote_tweet_id", "card_uri")
                        .filter(body::has)
                        .count()
                > 1) {
            findings.add("body", "", "Only one of `media`, `poll`, `quote_tweet_id` and `card_uri` is allowed.");
        }
        return new Draft(text, new Links(replyTo(body), id(body, "quote_tweet_id"), mediaIds(body), poll(body)));
    }

    private void allow(JsonNode part, Set<String> fields, String where) {
        for (String field : part.propertyNames()) {
            if (!fields.contains(field)) {
                findings.add(where + field, "", "The field `" + where + field + "` is not allowed.");
            }
        }
    }

    /** An object in the body, if it is there and is one. */
    private Optional<ObjectNode> part(ObjectNode body, String name, Set<String> fields) {
        if (!body.has(name)) {
            return Optional.empty();
        }
        if (body.path(name) instanceof ObjectNode part) {
            allow(part, fields, name + ".");
            return Optional.of(part);
        }
        findings.add(name, "", "The field `" + name + "` must be an object.");
        return Optional.empty();
    }

    private Optional<String> replyTo(ObjectNode body) {
        Optional<ObjectNode> reply = part(body, "reply", REPLY_FIELDS);
        if (reply.isPresent() && !reply.get().has("in_reply_to_tweet_id")) {
            findings.add("reply.in_reply_to_tweet_id", "", "The `in_reply_to_tweet_id` of `reply` is missing.");
        }
        return reply.flatMap(part -> id(part, "in_reply_to_tweet_id"));
    }

    private Optional<String> id(ObjectNode part, String field) {
        if (!part.has(field)) {
            return Optional.empty();
        }
        JsonNode value = part.path(field);
        if (value.isString() && Query.isId(value.asString())) {
            return Optional.of(value.asString());
        }
        findings.add(field, value.asString(""), "The `" + field + "` must be 1 to 19 digits, as a string.");
        return Optional.empty();
    }

    private List<String> mediaIds(ObjectNode body) {
        Optional<ObjectNode> media = part(body, "media", MEDIA_FIELDS);
        List<String> ids = media.map(part -> texts(part.path("media_ids"))).orElse(List.of());
        if (media.isPresent() && (ids.isEmpty() || ids.size() > MAX_MEDIA)) {
            findings.add("media.media_ids", ids, "The `media_ids` must be 1 to " + MAX_MEDIA + " ids, as strings.");
        }
        return ids;
    }

    private Optional<Poll> poll(ObjectNode body) {
        Optional<Poll> poll = part(body, "poll", POLL_FIELDS)
                .map(part -> new Poll(
                        texts(part.path("options")),
                        part.path("duration_minutes").asInt(0)));
        poll.ifPresent(this::check);
        return poll;
    }

    private void check(Poll poll) {
        boolean tooLong = poll.options().stream()
                .anyMatch(option -> option.isEmpty() || option.codePointCount(0, option.length()) > MAX_OPTION);
        if (poll.options().size() < 2 || poll.options().size() > 4 || tooLong) {
            findings.add("poll.options", poll.options(), "The `options` must be 2 to 4 texts of 1 to 25 characters.");
        }
        if (poll.minutes() < 5 || poll.minutes() > 10_080) {
            findings.add(
                    "poll.duration_minutes",
                    Integer.toString(poll.minutes()),
                    "The `duration_minutes` must be a number from 5 to 10080.");
        }
    }

    /** The texts in a list; nothing if it is no list or holds anything else. */
    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(each -> texts.add(each.isString() ? each.asString() : ""));
        }
        return texts.contains("") ? List.of() : List.copyOf(texts);
    }
}
