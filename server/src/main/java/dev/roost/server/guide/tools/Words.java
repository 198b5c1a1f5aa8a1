package dev.roost.server.guide.tools;

import dev.roost.core.XAnswer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts sentences together. */
final class Words {
    /** How reasons begin that module x gives for an answer of X's. */
    private static final Pattern STATUS = Pattern.compile("^HTTP ([0-9]{3})\\b");

    private Words() {}

    /** Joins what is not empty to sentences, each with a full stop at its end. */
    static String sentences(String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            String clean = part.strip();
            if (!clean.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(clean).append(isEnded(clean) ? "" : ".");
            }
        }
        return text.toString();
    }

    /** Returns what X said, if the reason tells of an answer of X's that could not be used. */
    static Optional<XAnswer> upstream(String reason) {
        Matcher status = STATUS.matcher(reason);
        return status.find()
                ? Optional.of(new XAnswer(Integer.parseInt(status.group(1)), "", reason))
                : Optional.empty();
    }

    /** Returns the status with which to pass on that X answered with this one. */
    static int fitting(int status) {
        return switch (status) {
            case 400, 401, 402, 403, 404, 409, 429 -> status;
            default -> status / 100 == 4 ? 400 : 502;
        };
    }

    /** Returns what the original's HTTP client says about a status that is no success. */
    static String failedWith(int status) {
        return "Request failed with status code " + status;
    }

    private static boolean isEnded(String text) {
        return ".!?".indexOf(text.charAt(text.length() - 1)) >= 0;
    }
}
