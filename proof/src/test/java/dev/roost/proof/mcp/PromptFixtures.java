package dev.roost.proof.mcp;

import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.Prompt;
import dev.roost.mcp.catalog.PromptOutcome;
import dev.roost.mcp.catalog.PromptOutcome.Message;
import dev.roost.mcp.catalog.PromptOutcome.Messages;
import dev.roost.mcp.catalog.PromptOutcome.Role;
import java.util.List;
import java.util.Optional;

/** The prompts of the official suite. */
final class PromptFixtures {
    private static final String ABOUT = "A fixture of the conformance suite";

    private PromptFixtures() {}

    static List<Prompt> prompts() {
        return List.of(
                prompt(
                        "test_simple_prompt",
                        List.of(),
                        (arguments, call) -> PromptOutcome.user(ABOUT, "This is a simple prompt for testing.")),
                prompt(
                        "test_prompt_with_arguments",
                        List.of(argument("arg1"), argument("arg2")),
                        (arguments, call) -> PromptOutcome.user(
                                ABOUT,
                                "Prompt with arguments: arg1='" + arguments.get("arg1") + "', arg2='"
                                        + arguments.get("arg2") + "'")),
                prompt(
                        "test_prompt_with_embedded_resource",
                        List.of(argument("resourceUri")),
                        (arguments, call) -> messages(
                                Fixtures.embedded(
                                        arguments.getOrDefault("resourceUri", ""),
                                        "text/plain",
                                        "Embedded resource content for testing."),
                                new Content.Text("Please process the embedded resource above."))),
                prompt(
                        "test_prompt_with_image",
                        List.of(),
                        (arguments, call) -> messages(
                                new Content.Image(Fixtures.PNG, "image/png"),
                                new Content.Text("Please analyze the image above."))),
                prompt(
                        "test_input_required_result_prompt",
                        List.of(),
                        (arguments, call) -> call.answer("user_context").isPresent()
                                ? PromptOutcome.user(
                                        ABOUT,
                                        "Context: "
                                                + call.answer("user_context").get())
                                : new Ask(
                                        "user_context",
                                        AskingFixtures.form("What is the context?", "context"),
                                        Optional.empty())));
    }

    private static Prompt prompt(String name, List<Prompt.Argument> arguments, Prompt.Body body) {
        return new Prompt(name, name, ABOUT, arguments, body);
    }

    private static Prompt.Argument argument(String name) {
        return new Prompt.Argument(
                name,
                "an argument",
                true,
                Optional.of((typed, others, principal) -> List.of(typed + "1", typed + "2")));
    }

    private static Messages messages(Content... all) {
        return new Messages(
                ABOUT,
                List.of(all).stream().map(one -> new Message(Role.USER, one)).toList());
    }
}
