/**
 * The protocol, free of transports: {@link dev.roost.mcp.protocol.McpServer} answers messages of both eras from one catalog.
 * Legacy (2025-11-25 and older) is a session begun by {@code initialize}; modern (2026-07-28) tells everything with each
 * request.
 */
@NullMarked
package dev.roost.mcp.protocol;

import org.jspecify.annotations.NullMarked;
