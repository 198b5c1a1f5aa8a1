/** The protocol over standard input and output, one message a line. */
@NullMarked
package dev.roost.mcp.stdio;

import org.jspecify.annotations.NullMarked;
