package dev.roost.testkit.simulation;

import dev.roost.core.StoreUnavailableException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The store, or the spool, as one process sees it. Every call is a point at which others may come first, may be slow, and may
 * fail before or after its work is done. It stands in for whatever the ports declare, so that a new method is covered at once.
 */
final class Edge {
    private final Seat seat;
    private final String what;
    private final Object inner;
    private final Telltale telltale;
    private final boolean store;
    private final Map<Method, String> names = new HashMap<>();

    private Edge(Seat seat, String what, Object inner, Telltale telltale) {
        this.seat = seat;
        this.what = what;
        this.inner = inner;
        this.telltale = telltale;
        this.store = what.equals("store");
    }

    /** Does a call of the process, perhaps otherwise than asked, and looks at what came of it. */
    interface Telltale {
        Object call(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    /** Puts an edge before something with these ports. */
    static Object of(Seat seat, String what, Object inner, Telltale telltale, Class<?>... ports) {
        Edge edge = new Edge(seat, what, inner, telltale);
        return Proxy.newProxyInstance(
                Edge.class.getClassLoader(), ports, (proxy, method, arguments) -> edge.call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        String name = names.computeIfAbsent(method, m -> what + "." + m.getName());
        Loop loop = seat.loop();
        Weather weather = seat.weather();
        loop.step(name);
        if (store && weather.strikes(weather.storeSlow, loop.random())) {
            seat.tally().count("fault: store slow");
            loop.sleep(Weather.upTo(Duration.ofSeconds(2), loop.random()));
        }
        boolean mayFail = store || method.getName().equals("put");
        double before = store ? weather.storeAwayBefore : weather.spoolFails;
        if (mayFail && ((store && seat.isCutOff()) || weather.strikes(before, loop.random()))) {
            throw unavailable(name, "away");
        }
        Object result;
        try {
            result = telltale.call(method, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        double after = store ? weather.storeAwayAfter : weather.spoolFails / 4;
        if (mayFail && weather.strikes(after, loop.random())) {
            throw unavailable(name, "in doubt");
        }
        if (store && weather.strikes(weather.storeSlow, loop.random())) {
            loop.sleep(Weather.upTo(Duration.ofMillis(200), loop.random()));
        }
        loop.step(name);
        return result;
    }

    private StoreUnavailableException unavailable(String name, String how) {
        seat.tally().count("fault: " + what + " " + how);
        seat.failed();
        seat.loop().note(name + " " + how);
        return new StoreUnavailableException(name + " is " + how + ", as the seed wished", new IOException(how));
    }

    @Override
    public String toString() {
        return what + " of " + seat + ": " + inner;
    }
}
