package dev.roost.core;

import java.util.Optional;

/**
 * How the engine fares.
 *
 * @param spooled how many answers of X wait for the store; not ready unless 0
 * @param underWay how many refreshes run now
 * @param appRejected what X said when it rejected the app; empty while it works
 * @param stopping whether this process starts no more refreshes
 */
public record KeeperHealth(int spooled, int underWay, Optional<XAnswer> appRejected, boolean stopping) {}
