/** Who may call Roost's HTTP API, and the trail of what was called. The keys of X's tokens are elsewhere. */
@NullMarked
package dev.roost.core.access;

import org.jspecify.annotations.NullMarked;
