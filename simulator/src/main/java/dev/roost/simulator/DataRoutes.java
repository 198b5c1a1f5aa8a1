package dev.roost.simulator;

import java.util.List;
import java.util.stream.Stream;

/** The calls of API v2, fixed paths before those with placeholders. */
final class DataRoutes {

    private final World world;

    DataRoutes(World world) {
        this.world = world;
    }

    List<Route> all() {
        DataGate gate = new DataGate(world);
        return Stream.of(
                        new UserRoutes(world, gate).all(),
                        new TimelineRoutes(world, gate).all(),
                        new PostRoutes(world, gate).all(),
                        new ReactionRoutes(world, gate).all(),
                        new MediaRoutes(world, gate).all())
                .flatMap(List::stream)
                .toList();
    }
}
