package dev.roost.simulator;

import dev.roost.simulator.RateLimits.Quota;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What every data call passes: access token, rate limit, scopes, in this order. */
final class DataGate {

    private static final String BEARER = "Bearer ";

    private final World world;

    DataGate(World world) {
        this.world = world;
    }

    /** A handler that lets {@code action} act only for callers within the rule. */
    Handler guard(Rule rule, Action action) {
        return visit -> {
            Optional<Grant> grant = grantOf(visit.call());
            if (grant.isEmpty()) {
                return world.limits().fresh(rule.limit()).on(Problems.unauthorized(), "x-rate-limit");
            }
            return meter(rule, grant.get(), visit, action);
        };
    }

    private Answer meter(Rule rule, Grant grant, Visit visit, Action action) {
        RateLimits limits = world.limits();
        Quota user = limits.count(rule.name() + " user " + grant.userId(), rule.limit(), RateLimits.QUARTER_HOUR);
        if (user.isExceeded()) {
            return user.on(Problems.tooMany(), "x-rate-limit");
        }
        if (rule.appDailyLimit() == 0) {
            return user.on(permit(rule, grant, visit, action), "x-rate-limit");
        }
        Quota app = limits.count(rule.name() + " app " + grant.clientId(), rule.appDailyLimit(), Duration.ofDays(1));
        Answer answer = app.isExceeded() ? Problems.tooMany() : permit(rule, grant, visit, action);
        return user.on(app.on(answer, "x-app-limit-24hour"), "x-rate-limit");
    }

    private static Answer permit(Rule rule, Grant grant, Visit visit, Action action) {
        return grant.scopes().containsAll(rule.scopes())
                ? action.act(grant, visit)
                : Problems.forbidden("You are not permitted to perform this action.");
    }

    private Optional<Grant> grantOf(Call call) {
        return call.header("authorization")
                .filter(header -> header.startsWith(BEARER))
                .flatMap(header -> world.grants().grantOf(header.substring(BEARER.length())));
    }

    /**
     * What a call needs.
     *
     * @param name counts are kept by it
     * @param limit calls per user in 15 minutes
     * @param appDailyLimit calls per app in 24 hours; zero for no such limit
     * @param scopes all of them
     */
    record Rule(String name, int limit, int appDailyLimit, Set<String> scopes) {

        /** Copies the scopes. */
        Rule {
            scopes = Set.copyOf(scopes);
        }

        static Rule read(String name, int limit) {
            return new Rule(name, limit, 0, Set.of("tweet.read", "users.read"));
        }

        static Rule write(String name, int limit, int appDailyLimit) {
            return new Rule(name, limit, appDailyLimit, Set.of("tweet.read", "tweet.write", "users.read"));
        }
    }

    /** What a call does once it passed. */
    @FunctionalInterface
    interface Action {
        /** Acts for the user of {@code grant}. */
        Answer act(Grant grant, Visit visit);
    }
}
