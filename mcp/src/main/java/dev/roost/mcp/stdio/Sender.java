package dev.roost.mcp.stdio;

import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.Outlet;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes messages, one a line. Safe for many threads. */
final class Sender implements Outlet {
    private final OutputStream out;
    private volatile boolean broken;

    Sender(OutputStream out) {
        this.out = out;
    }

    @Override
    public void send(ObjectNode message) {
        write(message);
    }

    synchronized void write(JsonNode message) {
        if (broken) {
            return;
        }
        byte[] json = JsonRpc.bytes(message);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        try {
            out.write(line);
            out.flush();
            // A print stream keeps its failures to itself.
            broken = out instanceof PrintStream printed && printed.checkError();
        } catch (IOException e) {
            broken = true;
        }
    }

    /** Tells whether the client is gone. Does not wait for one that does not read. */
    boolean isBroken() {
        return broken;
    }
}
