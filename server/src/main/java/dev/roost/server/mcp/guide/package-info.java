/** The tools of the token-refresh guide, as agents see them. */
@NullMarked
package dev.roost.server.mcp.guide;

import org.jspecify.annotations.NullMarked;
