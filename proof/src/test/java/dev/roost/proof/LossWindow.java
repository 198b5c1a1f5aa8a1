package dev.roost.proof;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Rotation;
import dev.roost.core.Spool;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.TokenPair;
import dev.roost.core.TokenStore;
import dev.roost.core.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures the part of the window of property (e) that is ours: from when X's answer was in this process to when the
 * store had committed it or the spool had it on disk. Each is printed as {@code window} and nanoseconds.
 */
final class LossWindow {
    private final ConcurrentHashMap<AccessToken, Long> answered = new ConcurrentHashMap<>();

    TokenEndpoint watch(TokenEndpoint endpoint) {
        return new TokenEndpoint() {
            @Override
            public String clientId() {
                return endpoint.clientId();
            }

            @Override
            public Verdict refresh(RefreshToken token) {
                Verdict verdict = endpoint.refresh(token);
                if (verdict instanceof Verdict.Rotated rotated) {
                    answered.put(rotated.access(), System.nanoTime());
                }
                return verdict;
            }

            @Override
            public Verdict probe() {
                return endpoint.probe();
            }

            @Override
            public Optional<String> revoke(TokenPair tokens) {
                return endpoint.revoke(tokens);
            }
        };
    }

    TokenStore watch(TokenStore store) {
        return watch(TokenStore.class, store, "rotate");
    }

    Spool watch(Spool spool) {
        return watch(Spool.class, spool, "put");
    }

    private <T> T watch(Class<T> port, T real, String durable) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            try {
                Object result = method.invoke(real, args);
                if (method.getName().equals(durable)) {
                    recorded((Rotation) args[0]);
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private void recorded(Rotation rotation) {
        Long since = answered.remove(rotation.pair().tokens().access());
        if (since != null) {
            System.out.println("window " + (System.nanoTime() - since));
        }
    }
}
