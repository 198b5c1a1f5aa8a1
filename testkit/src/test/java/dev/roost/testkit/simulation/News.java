package dev.roost.testkit.simulation;

import dev.roost.core.ChangeFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The change feed: tells all processes what was changed, each within two seconds, some twice. Or there is none, by the seed. */
final class News {
    private static final Duration LATEST = Duration.ofMillis(1500);

    private final Loop loop;
    private final boolean works;
    private final List<Reader> readers = new ArrayList<>();

    News(Loop loop, boolean works) {
        this.loop = loop;
        this.works = works;
    }

    private record Reader(NodeProcess process, Consumer<ChangeFeed.Change> listener) {}

    /** Returns the feed as one process sees it. */
    ChangeFeed feed(NodeProcess process) {
        return works ? new Feed(process) : ChangeFeed.NONE;
    }

    /** Tells what was changed a moment ago. */
    void tell(ChangeFeed.Change change) {
        readers.removeIf(reader -> reader.process().dead);
        for (Reader reader : readers) {
            int times = 1 + loop.random().nextInt(10) / 9;
            for (int i = 0; i < times; i++) {
                loop.after(
                        Weather.upTo(LATEST, loop.random()),
                        reader.process(),
                        () -> reader.listener().accept(change));
            }
        }
    }

    private final class Feed implements ChangeFeed {
        private final NodeProcess process;

        Feed(NodeProcess process) {
            this.process = process;
        }

        @Override
        public void listen(Consumer<Change> listener) {
            readers.add(new Reader(process, listener));
        }

        /** Not right after the process stood still, as news may wait to be read then. */
        @Override
        public boolean isCurrent() {
            return process.frozenUntil + LATEST.multipliedBy(2).toNanos() < loop.now();
        }

        @Override
        public long keysVersion() {
            return UNKNOWN;
        }
    }
}
