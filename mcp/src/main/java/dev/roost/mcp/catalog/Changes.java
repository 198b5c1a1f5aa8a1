package dev.roost.mcp.catalog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Brings news of a catalog to who listens. Safe for many threads. */
public final class Changes {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /** What changed. */
    public sealed interface Change {
        /** The list of tools. */
        record Tools() implements Change {}

        /** The list of prompts. */
        record Prompts() implements Change {}

        /** The list of resources. */
        record Resources() implements Change {}

        /**
         * The content of a resource.
         *
         * @param as the address by which the catalog tells who may hear of it: the same, or one that says better what changed
         */
        record Content(String uri, String as) implements Change {
            /** One that stands for itself. */
            public Content(String uri) {
                this(uri, uri);
            }
        }
    }

    /** Tells all who listen, on this thread. */
    public void announce(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /**
     * Listens from now on.
     *
     * @param listener must be quick and must not throw
     * @return ends the listening
     */
    public Runnable listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
