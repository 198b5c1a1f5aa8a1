/**
 * The tools of mcp-twitter-noauth: names, parameters and texts as its users know them. Callers bring their tokens with each
 * call, and nothing of theirs is stored.
 */
@NullMarked
package dev.roost.server.mcp.stateless;

import org.jspecify.annotations.NullMarked;
