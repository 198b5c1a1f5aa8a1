package dev.roost.simulator;

import dev.roost.simulator.RateLimits.Quota;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What every data call passes: access token, rate limit, scopes, in this order. */
final class DataGate {

    private static final String BEARER = "Bearer ";
    private static final Duration DAY = Duration.ofDays(1);

    private final World world;

    DataGate(World world) {
        this.world = world;
    }

    /** A handler that lets {@code action} act only for callers within the rule. */
    Handler guard(Rule rule, Action action) {
        return guard(() -> rule, action);
    }

    /** The same for a rule that may change. */
    Handler guard(Supplier<Rule> rules, Action action) {
        return visit -> {
            Rule rule = rules.get();
            Optional<Grant> grant = grantOf(visit.call());
            if (grant.isEmpty()) {
                return world.limits().fresh(rule.limit()).on(Problems.unauthorized(), "x-rate-limit");
            }
            return meter(rule, grant.get(), visit, action);
        };
    }

    private Answer meter(Rule rule, Grant grant, Visit visit, Action action) {
        Map<String, Quota> quotas = new LinkedHashMap<>();
        count(quotas, "x-rate-limit", rule.name() + " user " + grant.userId(), rule.limit(), RateLimits.QUARTER_HOUR);
        count(quotas, "x-user-limit-24hour", rule.name() + " day of " + grant.userId(), rule.userDailyLimit(), DAY);
        count(quotas, "x-app-limit-24hour", rule.name() + " app " + grant.clientId(), rule.appDailyLimit(), DAY);
        boolean exceeded = quotas.values().stream().anyMatch(Quota::isExceeded);
        Answer answer = exceeded ? Problems.tooMany() : permit(rule, grant, visit, action);
        for (Map.Entry<String, Quota> quota : quotas.entrySet()) {
            answer = quota.getValue().on(answer, quota.getKey());
        }
        return answer;
    }

    /** Counts the call, unless there is no such limit or an earlier one turned the call away. */
    private void count(Map<String, Quota> quotas, String prefix, String who, int limit, Duration length) {
        if (limit > 0 && quotas.values().stream().noneMatch(Quota::isExceeded)) {
            quotas.put(prefix, world.limits().count(who, limit, length));
        }
    }

    private static Answer permit(Rule rule, Grant grant, Visit visit, Action action) {
        return grant.scopes().containsAll(rule.scopes()) ? action.act(grant, visit) : Problems.notPermitted();
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
     * @param userDailyLimit calls per user in 24 hours; zero for no such limit
     * @param appDailyLimit calls per app in 24 hours; zero for no such limit
     * @param scopes all of them
     */
    record Rule(String name, int limit, int userDailyLimit, int appDailyLimit, Set<String> scopes) {

        /** Copies the scopes. */
        Rule {
            scopes = Set.copyOf(scopes);
        }

        static Rule read(String name, int limit) {
            return needing(name, limit, "tweet.read", "users.read");
        }

        static Rule write(String name, int limit) {
            return needing(name, limit, "tweet.read", "tweet.write", "users.read");
        }

        static Rule needing(String name, int limit, String... scopes) {
            return new Rule(name, limit, 0, 0, Set.of(scopes));
        }

        /** The same rule with limits for a day; zero for none. */
        Rule daily(int perUser, int perApp) {
            return new Rule(name, limit, perUser, perApp, scopes);
        }
    }

    /** What a call does once it passed. */
    @FunctionalInterface
    interface Action {
        /** Acts for the user of {@code grant}. */
        Answer act(Grant grant, Visit visit);
    }
}
