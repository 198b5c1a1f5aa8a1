/** Tests of the protocol and its transports, each through its public door. */
@NullMarked
package dev.roost.mcp;

import org.jspecify.annotations.NullMarked;
