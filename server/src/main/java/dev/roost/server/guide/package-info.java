/** The token-refresh guide's API over HTTP. */
@NullMarked
package dev.roost.server.guide;

import org.jspecify.annotations.NullMarked;
