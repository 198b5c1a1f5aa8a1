/** A whole Roost with a simulated X, for tests that look at it from outside. */
@NullMarked
package dev.roost.proof.serving;

import org.jspecify.annotations.NullMarked;
