/** What agents can do through the Model Context Protocol. */
@NullMarked
package dev.roost.server.mcp;

import org.jspecify.annotations.NullMarked;
