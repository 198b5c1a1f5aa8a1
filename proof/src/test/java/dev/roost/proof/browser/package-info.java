/** The dashboard, as people see it: a real browser in front of a whole Roost. */
@NullMarked
package dev.roost.proof.browser;

import org.jspecify.annotations.NullMarked;
