package dev.roost.cli;

import java.util.Locale;

/**
 * One thing that the doctor looked at.
 *
 * @param name what
 * @param level how it is
 * @param text what was found
 * @param next what to do, or empty
 * @param exitCode of the command, if this is the first thing that fails
 */
record Check(String name, Level level, String text, String next, int exitCode) {
    private static final int INDENT = 16;

    enum Level {
        OK,
        WARN,
        FAIL
    }

    static Check ok(String name, String text) {
        return new Check(name, Level.OK, text, "", ExitCode.OK);
    }

    static Check warn(String name, String text, String next) {
        return new Check(name, Level.WARN, text, next, ExitCode.OK);
    }

    static Check fail(String name, String text, String next, int exitCode) {
        return new Check(name, Level.FAIL, text, next, exitCode);
    }

    static Check fail(String name, Failure failure) {
        return fail(name, failure.message(), "", failure.exitCode());
    }

    String line() {
        String first = "%-4s  %-10s".formatted(level.name().toLowerCase(Locale.ROOT), name);
        String all = Wrap.hanging(first, text, INDENT);
        return next.isEmpty()
                ? all
                : all + System.lineSeparator() + Wrap.hanging(" ".repeat(INDENT), "-> " + next, INDENT);
    }
}
