/** What agents do with the accounts that Roost keeps. They name an account; no token ever passes through them. */
@NullMarked
package dev.roost.server.mcp.accounts;

import org.jspecify.annotations.NullMarked;
