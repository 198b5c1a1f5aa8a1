/** Measures every figure that Roost promises beside its baseline, in one run on one machine, and prints one table. */
@NullMarked
package dev.roost.bench.run;

import org.jspecify.annotations.NullMarked;
