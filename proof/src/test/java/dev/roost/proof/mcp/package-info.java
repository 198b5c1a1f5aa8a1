/** MCP, judged by the official suite and the official clients. */
@NullMarked
package dev.roost.proof.mcp;

import org.jspecify.annotations.NullMarked;
