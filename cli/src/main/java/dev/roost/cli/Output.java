package dev.roost.cli;

import java.io.PrintStream;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** How a command says what it has found: for people, or as one JSON document. */
final class Output {
    @Option(names = "--json", description = "Print one JSON document; errors too.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    /** Prints a result, in one of its two forms. */
    void print(PrintStream out, Object document, String text) {
        out.println(json ? write(document) : text);
        out.flush();
    }

    /** Says something on the way, to people only. */
    void remark(PrintStream err, String text) {
        if (!json) {
            err.println(text);
            err.flush();
        }
    }

    /** Returns a document as JSON, a record by the names of its components. */
    static String write(Object document) {
        return JsonMapper.shared().writeValueAsString(document);
    }
}
