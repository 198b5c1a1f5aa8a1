package dev.roost.mcp.protocol;

import tools.jackson.databind.node.ObjectNode;

/** Where messages go that belong to one request, or to none. Safe for many threads. */
@FunctionalInterface
public interface Outlet {
    /** Sends a message, or keeps it to be sent. Does nothing if the client is gone. */
    void send(ObjectNode message);
}
