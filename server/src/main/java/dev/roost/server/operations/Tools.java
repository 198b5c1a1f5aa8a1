package dev.roost.server.operations;

import dev.roost.core.posting.AttemptStore;
import dev.roost.server.accounts.AccountCalls;
import dev.roost.server.http.ProblemException;
import dev.roost.x.TweetId;
import dev.roost.x.XApi;
import dev.roost.x.XStream;
import java.time.InstantSource;

/**
 * What the operations work with.
 *
 * @param calls the way to call X for an account
 * @param api the calls
 * @param stream passes requests of others on
 * @param attempts to publish
 * @param clock the time of day
 */
public record Tools(AccountCalls calls, XApi api, XStream stream, AttemptStore attempts, InstantSource clock) {

    /** Returns what tells success from failure. */
    public XAnswers answers() {
        return new XAnswers(clock);
    }

    /**
     * Reads the id of a post.
     *
     * @throws ProblemException if it is none
     */
    public static TweetId tweetId(String text) {
        try {
            return new TweetId(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("that is no id of a post; allowed: the 1 to 19 digits in its address");
        }
    }
}
