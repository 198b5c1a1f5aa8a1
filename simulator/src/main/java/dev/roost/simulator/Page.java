package dev.roost.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which part of a list of posts a call asks for.
 *
 * @param size posts at most
 * @param wanted whether a post is on this page or a later one
 * @param fields what is shown of each
 */
record Page(int size, Predicate<LedgerPost> wanted, Fields fields) {

    private static final Pattern TOKEN = Pattern.compile("before:([0-9]{1,19})");
    private static final List<String> TOKENS = List.of("pagination_token", "next_token");
    private static final List<String> NAMES =
            List.of("max_results", "since_id", "until_id", "start_time", "end_time", "pagination_token");

    /** Reads the query, whose own parameters are {@code others}. */
    static Page of(Query query, int least, String... others) {
        query.allow(Stream.of(NAMES, Fields.NAMES, List.of(others))
                .flatMap(List::stream)
                .toList());
        int size = query.number("max_results", 10, least, 100);
        List<Predicate<LedgerPost>> rules = new ArrayList<>();
        query.id("since_id").ifPresent(id -> rules.add(post -> isAfter(post.id(), id)));
        query.id("until_id").ifPresent(id -> rules.add(post -> isAfter(id, post.id())));
        query.time("start_time")
                .ifPresent(time -> rules.add(post -> !post.createdAt().isBefore(time)));
        query.time("end_time")
                .ifPresent(time -> rules.add(post -> post.createdAt().isBefore(time)));
        TOKENS.stream()
                .flatMap(name -> before(query, name).stream())
                .forEach(id -> rules.add(post -> isAfter(id, post.id())));
        return new Page(size, post -> rules.stream().allMatch(rule -> rule.test(post)), Fields.of(query));
    }

    /** The page of these posts, newest first. */
    Answer of(List<LedgerPost> posts, Shapes shapes) {
        List<LedgerPost> all = posts.stream().filter(wanted).toList();
        List<LedgerPost> shown = all.stream().limit(size).toList();
        ObjectNode body = Json.object();
        shapes.put(body, shown, fields);
        ObjectNode meta = body.putObject("meta").put("result_count", shown.size());
        if (!shown.isEmpty()) {
            meta.put("newest_id", shown.getFirst().id());
            meta.put("oldest_id", shown.getLast().id());
        }
        if (shown.size() < all.size()) {
            meta.put("next_token", token(shown.getLast().id()));
        }
        return Answer.json(200, body);
    }

    private static String token(String lastShown) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("before:" + lastShown).getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<String> before(Query query, String name) {
        String token = query.value(name);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = TOKEN.matcher(decode(token));
        if (!matcher.matches()) {
            query.fault(name, token, "is not valid");
            return Optional.empty();
        }
        return Optional.of(matcher.group(1));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            // No token of ours, and so not valid.
            return "";
        }
    }

    /** Whether one id is newer than the other. */
    private static boolean isAfter(String id, String other) {
        return Long.compareUnsigned(Long.parseUnsignedLong(id), Long.parseUnsignedLong(other)) > 0;
    }
}
