package dev.roost.server.http;

import java.util.Arrays;
import java.util.Optional;

/** Reads the parameters of a query. Values are not repeated in what is said about them. */
public final class Parameters {
    private final Call call;

    private Parameters(Call call) {
        this.call = call;
    }

    /**
     * Reads the query of a request.
     *
     * @throws ProblemException if there is any other parameter than these
     */
    public static Parameters of(Call call, String... known) {
        if (!call.rawQuery().isEmpty()
                && !Arrays.asList(known).containsAll(call.query().getNames())) {
            throw ProblemException.invalid("the query has a parameter that this address does not take; "
                    + (known.length == 0 ? "it takes none" : "allowed: " + String.join(", ", known)));
        }
        return new Parameters(call);
    }

    /** A whole number. */
    public int number(String name, int least, int most, int otherwise) {
        return call.query(name).map(text -> number(name, text, least, most)).orElse(otherwise);
    }

    /** A text of this form. */
    public Optional<String> text(String name, String form, String allowed) {
        Optional<String> text = call.query(name);
        text.filter(value -> !value.matches(form)).ifPresent(value -> {
            throw wrong(name, allowed);
        });
        return text;
    }

    private static int number(String name, String text, int least, int most) {
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw wrong(name, "a whole number from " + least + " to " + most);
        }
        return value;
    }

    /** Refuses the value of a parameter; it is not repeated. */
    public static ProblemException wrong(String name, String allowed) {
        return ProblemException.invalid(
                "the query parameter \"" + name + "\" is not one that this address takes; allowed: " + allowed);
    }
}
