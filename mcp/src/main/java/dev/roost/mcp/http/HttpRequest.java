package dev.roost.mcp.http;

import dev.roost.mcp.catalog.Principal;
import java.util.Optional;

/** A request to the MCP endpoint. Host, Origin and credentials have been checked. */
public interface HttpRequest {
    /** Returns the HTTP method. */
    String method();

    /** Returns the first header of this name, in any case of letters. */
    Optional<String> header(String name);

    /** Reads the body; asked for once, and only for POST. */
    byte[] body();

    /** Returns who sent it. */
    Principal principal();
}
