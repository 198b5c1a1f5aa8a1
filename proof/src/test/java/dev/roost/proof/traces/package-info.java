/** Traces, as a collector gets them. */
@NullMarked
package dev.roost.proof.traces;

import org.jspecify.annotations.NullMarked;
