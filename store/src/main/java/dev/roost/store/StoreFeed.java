package dev.roost.store;

import dev.roost.core.ChangeFeed;

/** A feed that hears nothing before it is started. */
interface StoreFeed extends ChangeFeed, AutoCloseable {
    /** Begins to listen, unless it does already. */
    void start();

    @Override
    void close();
}
