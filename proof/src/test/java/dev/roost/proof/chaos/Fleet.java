package dev.roost.proof.chaos;

import dev.roost.proof.Waiting;
import dev.roost.testkit.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All nodes. */
final class Fleet implements AutoCloseable {
    static final List<String> NAMES =
            IntStream.rangeClosed(1, Scale.NODES).mapToObj(i -> "n" + i).toList();

    private final List<FleetNode> nodes = new ArrayList<>();

    /** Starts one node per build, and returns when all of them serve. */
    Fleet(List<FleetNode.Build> builds, Path folder, FleetNode.Site site, Tally tally) throws IOException {
        try {
            for (FleetNode.Build build : builds) {
                nodes.add(new FleetNode(NAMES.get(nodes.size()), build, folder, site, tally));
                // The first one makes the tables.
                if (nodes.size() == 1) {
                    awaitReady();
                }
            }
            awaitReady();
        } catch (IOException | RuntimeException | Error e) {
            // Nobody else could.
            close();
            throw e;
        }
    }

    List<FleetNode> nodes() {
        return List.copyOf(nodes);
    }

    void awaitReady() {
        Waiting.until("all nodes serve", () -> nodes.stream().allMatch(FleetNode::isReady));
    }

    /** Ends all faults of the network and of clocks. */
    void heal() {
        for (FleetNode node : nodes) {
            for (Act.Line line : Act.Line.values()) {
                node.line(line).heal();
            }
            node.turnClock(Duration.ZERO);
        }
    }

    long spooled() {
        return nodes.stream().mapToLong(FleetNode::spooled).sum();
    }

    /** Tells every node to end, and returns how each did. */
    List<Integer> stop() throws InterruptedException {
        List<Integer> codes = new ArrayList<>();
        for (FleetNode node : nodes) {
            codes.add(node.stop());
        }
        return codes;
    }

    String endOfLogs() {
        StringBuilder text = new StringBuilder();
        nodes.forEach(node -> text.append("--- ")
                .append(node.name())
                .append('\n')
                .append(node.endOfLog(60))
                .append('\n'));
        return text.toString();
    }

    FaultProxy door(int node) {
        return nodes.get(node).line(Act.Line.DOOR);
    }

    @Override
    public void close() {
        nodes.forEach(FleetNode::close);
    }
}
