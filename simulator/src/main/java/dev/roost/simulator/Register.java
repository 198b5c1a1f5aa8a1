package dev.roost.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The apps and users that exist. Guarded by the lock of {@link World}. */
final class Register {

    private final Map<String, SimulatedApp> apps = new LinkedHashMap<>();
    private final Map<String, SimulatedUser> users = new LinkedHashMap<>();

    SimulatedApp add(SimulatedApp app) {
        if (apps.putIfAbsent(app.clientId(), app) != null) {
            throw new IllegalArgumentException(
                    "app '" + app.clientId() + "' exists already; allowed: a new client id; choose another");
        }
        return app;
    }

    SimulatedUser add(SimulatedUser user) {
        if (userNamed(user.username()).isPresent() || users.putIfAbsent(user.id(), user) != null) {
            throw new IllegalArgumentException("user " + user.id() + " '" + user.username()
                    + "' exists already; allowed: a new id and a new username; choose others");
        }
        return user;
    }

    void changeSecret(String clientId, String newSecret) {
        apps.put(clientId, requireApp(clientId).withSecret(newSecret));
    }

    Optional<SimulatedApp> app(String clientId) {
        return Optional.ofNullable(apps.get(clientId));
    }

    Optional<SimulatedUser> user(String id) {
        return Optional.ofNullable(users.get(id));
    }

    Optional<SimulatedUser> userNamed(String username) {
        return users.values().stream()
                .filter(user -> user.username().equalsIgnoreCase(username))
                .findFirst();
    }

    SimulatedApp requireApp(String clientId) {
        return app(clientId)
                .orElseThrow(() -> new IllegalArgumentException("no app '" + clientId + "'; allowed: " + apps.keySet()
                        + "; add it first, with addApp or POST /_sim/apps"));
    }

    SimulatedUser requireUser(String id) {
        return user(id).orElseThrow(() -> new IllegalArgumentException("no user '" + id + "'; allowed: "
                + users.keySet() + "; add it first, with addUser or POST /_sim/users"));
    }

    List<SimulatedApp> apps() {
        return List.copyOf(apps.values());
    }

    List<SimulatedUser> users() {
        return List.copyOf(users.values());
    }
}
