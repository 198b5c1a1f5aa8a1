/** What a server offers to agents: tools, resources, prompts. Free of transports, sessions and JSON-RPC. */
@NullMarked
package dev.roost.mcp.catalog;

import org.jspecify.annotations.NullMarked;
