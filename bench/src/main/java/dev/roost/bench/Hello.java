package dev.roost.bench;

/** The least a Java program can do that anybody sees: the measure of how fast Java starts on this machine. */
final class Hello {
    private Hello() {}

    /** Prints one line. */
    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
