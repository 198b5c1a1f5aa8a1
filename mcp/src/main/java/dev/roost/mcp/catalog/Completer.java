package dev.roost.mcp.catalog;

import java.util.List;
import java.util.Map;

/** Proposes values for an argument while a person types. */
@FunctionalInterface
public interface Completer {
    /**
     * Returns proposals, the best first; the first 100 are sent.
     *
     * @param typed so far
     * @param others the other arguments, where known
     * @param principal who asks; only what it may see is proposed
     */
    List<String> propose(String typed, Map<String, String> others, Principal principal);
}
