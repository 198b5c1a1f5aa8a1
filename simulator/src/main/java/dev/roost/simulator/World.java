package dev.roost.simulator;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All state of one simulator. Whoever reads or changes it holds this object's monitor, save for the clock, the switches
 * and the faults, which guard themselves.
 */
record World(
        SimulatedClock clock,
        Switches switches,
        Register register,
        Grants grants,
        Consents consents,
        Posts posts,
        Media media,
        RateLimits limits,
        Journal journal,
        FaultQueue faults,
        Gate gate) {

    private static final List<String> DEFAULT_SCOPES =
            List.of("tweet.read", "tweet.write", "users.read", Scopes.OFFLINE);

    static World create(InstantSource time, RandomGenerator random) {
        SimulatedClock clock = new SimulatedClock(time);
        Switches switches = new Switches();
        TokenText text = new TokenText(random);
        return new World(
                clock,
                switches,
                new Register(),
                new Grants(clock, switches, text),
                new Consents(clock, text),
                new Posts(clock),
                new Media(clock),
                new RateLimits(clock),
                new Journal(clock),
                new FaultQueue(),
                new Gate());
    }

    /** Makes a grant as if consent had been given; its tokens count as answered. */
    IssuedPair issue(SimulatedApp app, SimulatedUser user, List<String> scopes) {
        List<String> wanted = scopes.isEmpty() ? DEFAULT_SCOPES : scopes;
        if (!Scopes.allKnown(wanted)) {
            throw new IllegalArgumentException(
                    "scopes " + wanted + " are not all X's; allowed: such as " + DEFAULT_SCOPES + "; correct them");
        }
        Issued issued = grants.create(app.clientId(), user.id(), Scopes.normal(wanted));
        issued.tokens().forEach(token -> token.answered(true));
        return issued.pair();
    }

    /** Publishes a post without a token: neither scopes nor X's policies are asked. */
    LedgerPost seed(String user, String text, Optional<String> replyTo) {
        SimulatedUser author = register.userNamed(user).orElseGet(() -> register.requireUser(user));
        replyTo.filter(id -> posts.find(id).isEmpty()).ifPresent(id -> {
            throw new IllegalArgumentException(
                    "no post '" + id + "' to answer; allowed: one that stands, see GET /_sim/tweets; choose another");
        });
        return posts.publish(author.id(), new Draft(text, LedgerPost.Links.replyingTo(replyTo)));
    }

    Ledger ledger() {
        return new Ledger(grants.snapshot(), journal.snapshot(), posts.all(), media.snapshot());
    }
}
