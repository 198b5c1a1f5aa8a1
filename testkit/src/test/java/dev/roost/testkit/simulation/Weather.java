package dev.roost.testkit.simulation;

import java.time.Duration;
import java.util.Random;

/**
 * How likely each kind of trouble is in one schedule. Each kind is left out of about half of the schedules, so that some
 * see much of a few kinds and few see a little of all.
 */
final class Weather {
    final boolean familyKill;
    final boolean oldAccessDies;
    final boolean sameRefreshToken;
    final double answerLost;
    final double errorAfter;
    final double errorBefore;
    final double throttled;
    final double notSent;
    final double slowAnswer;
    final double appRejected;
    final double userRevokes;
    final double identifyFails;
    final double storeAwayBefore;
    final double storeAwayAfter;
    final double storeSlow;
    final double storeCutOff;
    final double storeGone;
    final double spoolFails;
    final double crash;
    final double freeze;
    final double clockJump;
    final double signIns;
    final double disconnects;
    final double falseReports;
    final double forced;

    private boolean calm;

    /** @param more for what was added later, so that older seeds keep the rest of their weather */
    Weather(Random random, Random more) {
        familyKill = random.nextBoolean();
        oldAccessDies = random.nextBoolean();
        sameRefreshToken = random.nextInt(20) == 0;
        answerLost = some(random, 0.15);
        errorAfter = some(random, 0.1);
        errorBefore = some(random, 0.2);
        throttled = some(random, 0.2);
        notSent = some(random, 0.2);
        slowAnswer = some(random, 0.3);
        appRejected = some(random, 0.03);
        userRevokes = some(random, 0.02);
        identifyFails = some(random, 0.3);
        storeAwayBefore = some(random, 0.1);
        storeAwayAfter = some(random, 0.1);
        storeSlow = some(random, 0.2);
        storeCutOff = some(random, 0.03);
        storeGone = some(more, 0.02);
        spoolFails = some(random, 0.5);
        crash = some(random, 0.002);
        freeze = some(random, 0.001);
        clockJump = some(random, 0.02);
        signIns = some(random, 0.1);
        disconnects = some(random, 0.05);
        falseReports = some(random, 0.1);
        forced = some(random, 0.3);
    }

    /** From now on nothing goes wrong any more. */
    void clear() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    boolean strikes(double chance, Random random) {
        return !calm && chance > 0 && random.nextDouble() < chance;
    }

    /** A duration up to the longest; short ones are as likely as long ones. */
    static Duration upTo(Duration longest, Random random) {
        double share = Math.pow(random.nextDouble(), 3);
        return Duration.ofNanos((long) (longest.toNanos() * share));
    }

    private static double some(Random random, double most) {
        return random.nextBoolean() ? 0 : most * random.nextDouble();
    }
}
