package dev.roost.proof.chaos;

import java.time.Duration;
import java.util.Locale;

/**
 * What a run was, for people.
 *
 * @param spent rotations before the fleet was left in peace
 * @param published posts that X has
 * @param duplicates how many of them are one more for the same Idempotency-Key
 */
record Report(Plan plan, Tally tally, Duration took, int spent, long published, long duplicates) {

    /** Reads that count: all but those of grants that X itself had ended. */
    long reads() {
        return tally.of(Callers.READ_OK) + tally.of(Callers.READ_REFUSED) + tally.of(Callers.READ_NOTHING);
    }

    /** The share of them that brought a token which X accepts. */
    double availability() {
        return reads() == 0 ? 0 : (double) tally.of(Callers.READ_OK) / reads();
    }

    /** The same of those that could come to a node at all. */
    private double reached() {
        long could = reads() - tally.of(Callers.MISS + Callers.NOBODY_THERE);
        return could == 0 ? 0 : (double) tally.of(Callers.READ_OK) / could;
    }

    String text(Verdict verdict) {
        return String.format(
                Locale.ROOT,
                """
                chaos: seed %d, %d s, %d nodes, %d accounts, tokens of %d s, leases of %d s
                rotations: %d under chaos, %d in all; %d guarded retries reached X, %d of them met the first request on its way
                kills: %d, each followed by a start; pauses: %s; processes that ended by themselves: %s; acts of the plan left out for lack of time: %d
                database: %s
                network (CUT at once, all else for 1 to 8 s): %s
                X: %s
                clock jumps of single nodes, up to %d s: %d
                reads: %d of %d were answered with a token that X accepts: %.4f%% (refused by X %d, no token within 5 s %d: %s)
                  of those for which a node was there to be asked: %.4f%%
                  a read asks a random node, and another one if that fails, as behind a balancer; %d took more than one request
                  not counted, for X had ended the grant: %s
                reports of refused tokens: %s
                posts: %s; published %d, by their Idempotency-Keys twice: %d (X takes equal texts here)
                grants lost by (e), each reported as such: %d (%s)
                grants lost other than by (e): %d
                %s""",
                plan.seed(),
                took.toSeconds(),
                Scale.NODES,
                Scale.ACCOUNTS,
                Scale.TOKEN_LIFE.toSeconds(),
                Scale.LEASE.toSeconds(),
                spent,
                verdict.rotations(),
                verdict.repeats(),
                verdict.met(),
                tally.of("kills"),
                tally.listed("pauses: "),
                tally.of("ended by itself and started again"),
                tally.of(Actor.LEFT_OUT),
                tally.listed("database: "),
                tally.listed("network: "),
                tally.listed("X: "),
                Scale.CLOCK_JUMP_MILLIS / 1000,
                tally.of("clock jumps"),
                tally.of(Callers.READ_OK),
                reads(),
                availability() * 100,
                tally.of(Callers.READ_REFUSED),
                tally.of(Callers.READ_NOTHING),
                tally.listed(Callers.MISS),
                reached() * 100,
                tally.of("reads that took more than one node"),
                tally.listed(Callers.READ_EXCUSED),
                tally.listed("report: "),
                tally.listed("post: "),
                published,
                duplicates,
                tally.sum("lost: "),
                tally.listed("lost: "),
                tally.of("lost for no good cause"),
                tally.notes().isEmpty() ? "" : "reads that brought nothing, and the like:\n" + tally.notes());
    }
}
