package dev.roost.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** The fields of a form that a browser sent ({@code application/x-www-form-urlencoded}). */
public final class Form {
    private static final int MOST = 100;

    private final Fields fields;

    private Form(Fields fields) {
        this.fields = fields;
    }

    static Form none() {
        return new Form(Fields.EMPTY);
    }

    /** @throws ProblemException if it is not encoded as it should be, or has more than 100 fields */
    static Form parse(byte[] body) {
        Fields fields = new Fields();
        try {
            UrlEncoded.decodeTo(new String(body, StandardCharsets.US_ASCII), fields::add, StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            throw ProblemException.invalid("the form is not encoded as it should be (percent-encoded UTF-8)");
        }
        if (fields.getSize() > MOST) {
            throw ProblemException.invalid("the form has more than " + MOST + " fields");
        }
        return new Form(fields);
    }

    /**
     * Returns a field; empty when it is missing or blank.
     *
     * @throws ProblemException if it is there more than once
     */
    public Optional<String> text(String name) {
        List<String> values = fields.getValuesOrEmpty(name);
        if (values.size() > 1) {
            throw ProblemException.invalid("the field \"" + name + "\" is there more than once; send one");
        }
        return values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Returns all values of a field, as of check boxes; none when it is missing. */
    public List<String> texts(String name) {
        return List.copyOf(fields.getValuesOrEmpty(name));
    }
}
