package dev.roost.cli.wiring;

/** How log lines look. */
public enum LogFormat {
    /** For people: time, level, message, values. */
    TEXT,
    /** For programs: one JSON object a line. */
    JSON
}
