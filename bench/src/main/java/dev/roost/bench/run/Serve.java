package dev.roost.bench.run;

import dev.roost.core.AccountId;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.store.RoostStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code roost serve}, as a person starts it.
 *
 * @param process the server
 * @param uri where it listens
 */
record Serve(Child process, URI uri) implements AutoCloseable {
    /** Starts it in a folder, on SQLite unless the settings say otherwise, and waits until it is ready. */
    static Serve start(Path data, Map<String, String> settings) throws Exception {
        int port = Child.freePort();
        Child process =
                Child.start(List.of("./roost", "serve"), environment(data, port, settings), data.resolve("serve.log"));
        URI uri = URI.create("http://127.0.0.1:" + port);
        return new Serve(process.awaitAnswer(uri.resolve("/health/ready")), uri);
    }

    static Map<String, String> environment(Path data, int port, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ROOST_DATA", data.toString());
        environment.put("PORT", Integer.toString(port));
        environment.put("TWITTER_CLIENT_ID", ScriptedX.CLIENT_ID);
        // Nobody listens there: what is not due is not refreshed.
        environment.put("ROOST_X_API_URL", "http://127.0.0.1:9");
        environment.putAll(settings);
        return environment;
    }

    /** Makes an API key that may do everything, and returns its text. */
    static String key(RoostStore store) {
        return new ApiKeys(store.apiKeys(), InstantSource.system(), new SecureRandom())
                .create("bench", Set.of(KeyScope.ADMIN), Set.of(), 0)
                .secret()
                .expose();
    }

    URI token(AccountId id) {
        return uri.resolve("/v1/accounts/" + id.value() + "/token");
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
