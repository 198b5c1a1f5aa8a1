package dev.roost.simulator;

import java.time.Duration;

/**
 * The behaviours of X that nobody outside can confirm, and policies that depend on what an app pays; each to be tried both
 * ways. Safe for several threads; a change
 * holds from the next request on.
 */
public final class Switches {

    private volatile boolean familyKill;
    private volatile boolean oldAccessDies;
    private volatile boolean likesForbidden = true;
    private volatile boolean repliesOnlyWhenSummoned;
    private volatile boolean mediaProcessingFails;
    private volatile boolean equalTextsTaken;
    private volatile int postsPerDayOfUser;
    private volatile int postsPerDayOfApp = 10_000;
    private volatile Duration graceWindow = Duration.ZERO;
    private volatile Duration tokenLifetime = Duration.ofHours(2);
    private volatile Duration refreshLifetime = Duration.ofDays(36_500);

    Switches() {}

    /** Whether replaying a spent refresh token kills the whole grant. Default: no. */
    public boolean familyKill() {
        return familyKill;
    }

    /** Sets {@link #familyKill()}. */
    public Switches familyKill(boolean on) {
        familyKill = on;
        return this;
    }

    /** Whether a refresh kills the access token it replaces at once. Default: no. */
    public boolean oldAccessDies() {
        return oldAccessDies;
    }

    /** Sets {@link #oldAccessDies()}. */
    public Switches oldAccessDies(boolean on) {
        oldAccessDies = on;
        return this;
    }

    /** How long after its spending a refresh token yields the same new pair again. Default: zero, never. */
    public Duration graceWindow() {
        return graceWindow;
    }

    /**
     * Sets {@link #graceWindow()}.
     *
     * @throws IllegalArgumentException when negative
     */
    public Switches graceWindow(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException(
                    "grace window " + window + " is negative; allowed: zero or more; use PT0S for none");
        }
        graceWindow = window;
        return this;
    }

    /** How long access tokens live, on the simulator's clock. Default: two hours. */
    public Duration tokenLifetime() {
        return tokenLifetime;
    }

    /**
     * Sets {@link #tokenLifetime()} for tokens issued from now on.
     *
     * @throws IllegalArgumentException when under a second
     */
    public Switches tokenLifetime(Duration lifetime) {
        tokenLifetime = atLeastOneSecond("token lifetime", lifetime);
        return this;
    }

    /** How long refresh tokens live, on the simulator's clock. Default: a century. */
    public Duration refreshLifetime() {
        return refreshLifetime;
    }

    /**
     * Sets {@link #refreshLifetime()} for tokens issued from now on.
     *
     * @throws IllegalArgumentException when under a second
     */
    public Switches refreshLifetime(Duration lifetime) {
        refreshLifetime = atLeastOneSecond("refresh lifetime", lifetime);
        return this;
    }

    /** Whether likes are refused whatever the scopes, as X does to self-serve apps since April 2026. Default: yes. */
    public boolean likesForbidden() {
        return likesForbidden;
    }

    /** Sets {@link #likesForbidden()}. */
    public Switches likesForbidden(boolean on) {
        likesForbidden = on;
        return this;
    }

    /**
     * Whether a post can be answered only by those whom its author named, answered or quoted in it, as X has it since
     * February 2026. Default: no.
     */
    public boolean repliesOnlyWhenSummoned() {
        return repliesOnlyWhenSummoned;
    }

    /** Sets {@link #repliesOnlyWhenSummoned()}. */
    public Switches repliesOnlyWhenSummoned(boolean on) {
        repliesOnlyWhenSummoned = on;
        return this;
    }

    /** Whether processing fails for videos and GIFs finalized from now on. Default: no. */
    public boolean mediaProcessingFails() {
        return mediaProcessingFails;
    }

    /** Sets {@link #mediaProcessingFails()}. */
    public Switches mediaProcessingFails(boolean on) {
        mediaProcessingFails = on;
        return this;
    }

    /** Whether a user's second post with the same text is published too, which shows who posts twice. Default: no, as at X. */
    public boolean equalTextsTaken() {
        return equalTextsTaken;
    }

    /** Sets {@link #equalTextsTaken()}. */
    public Switches equalTextsTaken(boolean on) {
        equalTextsTaken = on;
        return this;
    }

    /** How many posts a user may make in 24 hours. Default: zero, which is no such limit. */
    public int postsPerDayOfUser() {
        return postsPerDayOfUser;
    }

    /**
     * Sets {@link #postsPerDayOfUser()}.
     *
     * @throws IllegalArgumentException when negative
     */
    public Switches postsPerDayOfUser(int posts) {
        postsPerDayOfUser = count("posts per day of a user", posts);
        return this;
    }

    /** How many posts all users of an app together may make in 24 hours. Default: X's own, 10,000. */
    public int postsPerDayOfApp() {
        return postsPerDayOfApp;
    }

    /**
     * Sets {@link #postsPerDayOfApp()}.
     *
     * @throws IllegalArgumentException when negative
     */
    public Switches postsPerDayOfApp(int posts) {
        postsPerDayOfApp = count("posts per day of an app", posts);
        return this;
    }

    private static int count(String name, int posts) {
        if (posts < 0) {
            throw new IllegalArgumentException(
                    name + " is " + posts + "; allowed: zero or more; use 0 for no such limit");
        }
        return posts;
    }

    private static Duration atLeastOneSecond(String name, Duration lifetime) {
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    name + " " + lifetime + " is too short; allowed: a second or more; use PT2H for X's own");
        }
        return lifetime;
    }
}
