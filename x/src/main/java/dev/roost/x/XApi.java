package dev.roost.x;

import dev.roost.core.AccessToken;
import dev.roost.core.XUser;
import dev.roost.core.limits.RateBudget;
import java.time.InstantSource;

/**
 * API v2 of X: the door to all its rooms, and shortcuts for the calls that Roost itself makes. Calls block until X answers
 * or the answer deadline has passed; those that write are never repeated, and a reply says whether they may be. Never
 * throws for anything X or the network does. Safe for many threads.
 */
public final class XApi {
    private final XUsers users;
    private final XPosts posts;
    private final XTimelines timelines;
    private final XReactions reactions;
    private final XMedia media;
    private final XVerbatim verbatim;

    /** Makes no request. */
    public XApi(XSettings settings, XTransport transport, InstantSource clock) {
        this(settings, transport, clock, RateBudget.NONE);
    }

    /** Makes no request; calls of accounts are held back while the budget says that X would refuse them. */
    public XApi(XSettings settings, XTransport transport, InstantSource clock, RateBudget budget) {
        this(new XCalls(settings, transport, clock, budget), Thread::sleep);
    }

    XApi(XCalls calls, Sleeper sleeper) {
        users = new XUsers(calls);
        posts = new XPosts(calls);
        timelines = new XTimelines(calls);
        reactions = new XReactions(calls);
        media = new XMedia(calls, sleeper);
        verbatim = new XVerbatim(calls);
    }

    /** Users and profiles. */
    public XUsers users() {
        return users;
    }

    /** Publishing and deleting. */
    public XPosts posts() {
        return posts;
    }

    /** Lists of posts, and single ones. */
    public XTimelines timelines() {
        return timelines;
    }

    /** Likes and reposts. */
    public XReactions reactions() {
        return reactions;
    }

    /** Pictures and videos. */
    public XMedia media() {
        return media;
    }

    /** Calls whose answers are passed on whole. */
    public XVerbatim verbatim() {
        return verbatim;
    }

    /** {@link XUsers#me} for a token of which nothing else is known. */
    public XReply<XUser> me(AccessToken token) {
        return users.me(XCaller.of(token));
    }

    /** {@link XPosts#post} for a token of which nothing else is known. */
    public XReply<PostedTweet> post(AccessToken token, Tweet tweet) {
        return posts.post(XCaller.of(token), tweet);
    }

    /** {@link XPosts#delete} for a token of which nothing else is known. */
    public XReply<TweetId> delete(AccessToken token, TweetId id) {
        return posts.delete(XCaller.of(token), id);
    }
}
