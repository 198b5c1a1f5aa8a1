/** Measures Roost beside a baseline in the same run, and prints ratios. */
@NullMarked
package dev.roost.bench;

import org.jspecify.annotations.NullMarked;
