package dev.roost.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where requests of one method and path go.
 *
 * @param endpoint which faults strike here
 * @param method in capitals
 * @param pattern a path; a part in braces stands for any text
 * @param handler what is done
 */
record Route(Endpoint endpoint, String method, String pattern, Handler handler) {

    /** The texts at the placeholders, when method and path fit this route. */
    Optional<List<String>> match(String actualMethod, String path) {
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        if (!method.equals(actualMethod) || wanted.length != given.length) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                values.add(given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
