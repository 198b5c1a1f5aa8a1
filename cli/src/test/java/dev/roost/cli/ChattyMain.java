package dev.roost.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Roost with a library in it that prints to standard output whenever something is read. */
final class ChattyMain {
    static final String NOISE = "a library prints this";

    private ChattyMain() {}

    public static void main(String[] arguments) {
        Surroundings real = Surroundings.real();
        System.exit(Main.run(
                new Surroundings(
                        real.environment(),
                        new Chatty(real.in()),
                        real.out(),
                        real.err(),
                        real.browser(),
                        false,
                        real.terminal()),
                arguments));
    }

    private static final class Chatty extends FilterInputStream {
        Chatty(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            System.out.println(NOISE);
            return super.read(bytes, from, length);
        }
    }
}
