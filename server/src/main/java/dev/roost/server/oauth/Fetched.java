package dev.roost.server.oauth;

import tools.jackson.databind.node.ObjectNode;

/** What came of asking for a JSON document. */
sealed interface Fetched {
    /** It came. */
    record Document(ObjectNode json) implements Fetched {}

    /** There was an answer, but no document in it. */
    record Absent(String why) implements Fetched {}

    /** There was no answer. */
    record Unreachable(String why) implements Fetched {}
}
