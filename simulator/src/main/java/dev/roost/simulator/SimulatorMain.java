package dev.roost.simulator;

/** Runs a simulator with the default apps and users until the process is ended. */
final class SimulatorMain {

    private static final int DEFAULT_PORT = 3002;

    private SimulatorMain() {}

    /** Listens on the port given as the only argument, or on 3002. */
    public static void main(String[] arguments) {
        Simulator simulator = Simulator.start(arguments.length == 0 ? DEFAULT_PORT : port(arguments[0]));
        simulator.addDefaults();
        System.out.println(
                "The simulator of X listens on " + simulator.uri() + "; its controls: " + simulator.uri() + "/_sim");
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("port '" + text + "' is not a number; allowed: 0 to 65535; give one", e);
        }
    }
}
