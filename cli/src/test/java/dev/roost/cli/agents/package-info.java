/** Agents that use {@code roost mcp} as their users have it. */
@NullMarked
package dev.roost.cli.agents;

import org.jspecify.annotations.NullMarked;
