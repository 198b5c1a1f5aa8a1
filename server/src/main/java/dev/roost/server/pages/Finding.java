package dev.roost.server.pages;

/**
 * What to tell a person whom X sent back.
 *
 * @param status the HTTP status
 * @param tone how it went
 * @param title what happened, in a few words
 * @param text what it means
 * @param next what to do next
 */
record Finding(int status, Tone tone, String title, String text, String next) {
    enum Tone {
        GOOD,
        WAITING,
        BAD
    }
}
