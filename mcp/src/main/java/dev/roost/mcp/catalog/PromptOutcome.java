package dev.roost.mcp.catalog;

import java.util.List;

/** What a prompt returns: its messages, or a question to be answered first. */
public sealed interface PromptOutcome permits PromptOutcome.Messages, Ask {
    /** Messages. */
    record Messages(String description, List<Message> all) implements PromptOutcome {
        /** Copies the list. */
        public Messages {
            all = List.copyOf(all);
        }
    }

    /** Who speaks. */
    enum Role {
        /** The person. */
        USER,
        /** The model. */
        ASSISTANT
    }

    /** One message. */
    record Message(Role role, Content content) {}

    /** A single text of the person. */
    static Messages user(String description, String text) {
        return new Messages(description, List.of(new Message(Role.USER, new Content.Text(text))));
    }
}
