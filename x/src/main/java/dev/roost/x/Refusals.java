package dev.roost.x;

import dev.roost.x.XProblem.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what a refused data call was refused for, and says it in plain words. */
final class Refusals {
    private static final String BILLING =
            "The developer account has no credits left: add some in the X developer portal. A new token does not help.";
    private static final String ENROLL = "The app is in no project or package that may use API v2: in the X developer"
            + " portal, move it to Pay-per-use and Production.";

    /** Looked for in this order in X's type, title, detail and reason, in lower case. */
    private static final List<Rule> RULES = List.of(
            new Rule("/problems/credits", Kind.CREDITS_DEPLETED, BILLING),
            new Rule("creditsdepleted", Kind.CREDITS_DEPLETED, BILLING),
            new Rule("client-not-enrolled", Kind.CLIENT_NOT_ENROLLED, ENROLL),
            new Rule("client-forbidden", Kind.CLIENT_NOT_ENROLLED, ENROLL),
            new Rule(
                    "duplicate content",
                    Kind.DUPLICATE_CONTENT,
                    "X has a post with this text already. If an earlier try went unanswered, that one was published."),
            new Rule(
                    "reply to this conversation is not allowed",
                    Kind.REPLY_NOT_ALLOWED,
                    "Policy of X since February 2026: an app may reply only where the author mentioned or answered the"
                            + " account. Signing in again does not help."),
            new Rule("text is too long", Kind.TEXT_TOO_LONG, "Shorten the text."),
            new Rule(
                    "unsupported-authentication",
                    Kind.WRONG_TOKEN_KIND,
                    "X took the token for one of an app, not of a user: sign the account in again."),
            new Rule(
                    "oauth1-permissions",
                    Kind.APP_READ_ONLY,
                    "The app may only read: give it write permission in the X developer portal, then sign in again."),
            new Rule(
                    "usage-capped",
                    Kind.USAGE_CAPPED,
                    "The app's plan allows no more for now: wait for the next period or raise the cap in the X developer"
                            + " portal."),
            new Rule("resource-not-found", Kind.NOT_FOUND, "X has no such post or user, or hides it."));

    private Refusals() {}

    /** Describes an answer that is no success. */
    static XProblem problem(Delivery.Answered answer, ApiCall<?> call, Censor censor) {
        Optional<ObjectNode> json = Json.object(answer.body());
        JsonNode body = json.<JsonNode>map(Refusals::first).orElseGet(Json::object);
        String title = Json.text(body, "title").orElse("");
        String detail = json.isPresent()
                ? Wording.words(body).filter(words -> !words.equals(title)).orElse("")
                : Wording.account(answer);
        Rule rule = rule(answer, body, call.permission());
        return new XProblem(
                rule.kind(), answer.status(), censor.clean(title), censor.clean(detail), rule.explanation());
    }

    private static JsonNode first(ObjectNode body) {
        JsonNode errors = body.path("errors");
        return errors.isArray() && errors.path(0).isObject() ? errors.path(0) : body;
    }

    private static Rule rule(Delivery.Answered answer, JsonNode body, Permission permission) {
        String all = String.join(
                        "\n",
                        Json.text(body, "type").orElse(""),
                        Json.text(body, "title").orElse(""),
                        Json.text(body, "detail").orElse(""),
                        Json.text(body, "reason").orElse(""))
                .toLowerCase(Locale.ROOT);
        return RULES.stream()
                .filter(rule -> all.contains(rule.words()))
                .findFirst()
                .filter(rule -> answer.status() != 401)
                .orElseGet(() -> byStatus(answer, permission));
    }

    private static Rule byStatus(Delivery.Answered answer, Permission permission) {
        return switch (answer.status()) {
            case 400 -> new Rule("", Kind.INVALID_REQUEST, "Correct what X names and ask again.");
            case 401 ->
                new Rule("", Kind.UNAUTHORIZED, "The access token is expired or revoked; one refresh may cure it.");
            case 402 -> new Rule("", Kind.CREDITS_DEPLETED, BILLING);
            case 403 -> forbidden(answer, permission);
            case 404 -> new Rule("", Kind.NOT_FOUND, "X has nothing there: check the id, and the apiUrl setting.");
            case 429 -> new Rule("", Kind.RATE_LIMITED, "Too many calls: wait until the window starts anew.");
            default ->
                new Rule(
                        "",
                        Kind.OTHER,
                        answer.status() / 100 == 3
                                ? "X's address has moved, or the apiUrl setting is wrong."
                                : "X did not do it; its own words are all there is.");
        };
    }

    private static Rule forbidden(Delivery.Answered answer, Permission permission) {
        return Wording.isHtml(answer)
                ? new Rule(
                        "",
                        Kind.BLOCKED,
                        "A network in front of X blocked this machine; it is no verdict on account or token. Wait, and"
                                + " slow down.")
                : new Rule("", Kind.NOT_PERMITTED, permission.explanation());
    }

    /** What X's words mean. */
    private record Rule(String words, Kind kind, String explanation) {}
}
