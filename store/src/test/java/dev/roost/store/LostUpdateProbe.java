package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.RotateAnswer;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** A process that rotates one account as often as it can get the lease, and prints how often that was. */
final class LostUpdateProbe {
    private LostUpdateProbe() {}

    /** Takes database file, keyset file, account id and rounds. */
    static void main(String[] arguments) {
        AccountId id = new AccountId(arguments[2]);
        int recorded = 0;
        try (RoostStore store = RoostStore.open(
                Database.Sqlite.at(Path.of(arguments[0])), Path.of(arguments[1]), InstantSource.system())) {
            for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
                recorded += rotate(store, id) ? 1 : 0;
            }
        }
        System.out.println("recorded " + recorded);
    }

    private static boolean rotate(RoostStore store, AccountId id) {
        long generation = store.tokens().account(id).orElseThrow().generation();
        var node = Sample.node("probe");
        var now = InstantSource.system().instant();
        LeaseAnswer answer = store.tokens().lease(id, generation, Lease.Purpose.REFRESH, node, Duration.ofMinutes(5));
        return answer instanceof LeaseAnswer.Granted
                && store.tokens().rotate(Sample.rotation(id, generation, now, node)) instanceof RotateAnswer.Recorded;
    }
}
