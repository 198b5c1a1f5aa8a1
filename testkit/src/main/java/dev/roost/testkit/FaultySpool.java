package dev.roost.testkit;

import dev.roost.core.AccountId;
import dev.roost.core.Rotation;
import dev.roost.core.Spool;
import java.util.List;
import java.util.Set;

/** A spool as one process sees it, with that process's {@link Faults} before and after what it writes. */
public record FaultySpool(Spool spool, Faults faults) implements Spool {
    @Override
    public void put(Rotation rotation) {
        faults.at("put", () -> {
            spool.put(rotation);
            return rotation;
        });
    }

    @Override
    public boolean holds(AccountId id) {
        return faults.at("holds", () -> spool.holds(id));
    }

    @Override
    public Set<AccountId> accounts() {
        return faults.at("accounts", spool::accounts);
    }

    @Override
    public List<Rotation> entries() {
        return faults.at("entries", spool::entries);
    }

    @Override
    public void remove(Rotation rotation) {
        faults.at("remove", () -> {
            spool.remove(rotation);
            return rotation;
        });
    }
}
