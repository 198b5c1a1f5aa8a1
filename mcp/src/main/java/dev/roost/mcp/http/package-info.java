/** The protocol over Streamable HTTP, free of any HTTP server: it takes requests and gives replies. */
@NullMarked
package dev.roost.mcp.http;

import org.jspecify.annotations.NullMarked;
