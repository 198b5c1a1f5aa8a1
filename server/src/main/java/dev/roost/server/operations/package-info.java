/** Using an account: posts, timelines, reactions, media, and the proxy to X. No caller needs a token for it. */
@NullMarked
package dev.roost.server.operations;

import org.jspecify.annotations.NullMarked;
