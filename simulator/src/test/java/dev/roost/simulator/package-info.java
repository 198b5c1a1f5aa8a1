/** Tests of the simulator, all over real HTTP. */
@NullMarked
package dev.roost.simulator;

import org.jspecify.annotations.NullMarked;
