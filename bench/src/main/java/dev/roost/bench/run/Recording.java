package dev.roost.bench.run;

import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.Node;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.Scopes;
import dev.roost.core.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Rotations that X answers at once, recorded by 64 virtual threads, as refreshes of a node are. For one thread. */
final class Recording {
    private static final Node NODE = new Node("bench");

    private final TokenStore store;
    private final List<AccountId> ids;
    private final long[] generations;

    /** Records for accounts of generation 1. */
    Recording(TokenStore store, List<AccountId> ids) {
        this.store = store;
        this.ids = ids;
        this.generations = new long[ids.size()];
        Arrays.fill(generations, 1);
    }

    /** Returns the rotations recorded in a second. */
    double rate(Duration time) throws Exception {
        return Crew.rate(ids.size(), time, this::rotate);
    }

    private void rotate(int number) {
        Instant now = Instant.now();
        Rotation rotation = new Rotation(
                ids.get(number),
                generations[number],
                new IssuedPair(ScriptedX.pair(), now.plus(ScriptedX.LIFETIME), Scopes.DEFAULT),
                now.plus(Site.BETWEEN_REFRESHES),
                now,
                Duration.ZERO,
                NODE);
        RotateAnswer answer = store.rotate(rotation);
        if (!(answer instanceof RotateAnswer.Recorded)) {
            throw new IllegalStateException("a rotation of account " + ids.get(number) + " was " + answer);
        }
        generations[number]++;
    }
}
