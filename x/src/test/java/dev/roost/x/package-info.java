/** Tests of X as Roost sees it: tables of X's answers, raw-socket faults, and the simulator end to end. */
@NullMarked
package dev.roost.x;

import org.jspecify.annotations.NullMarked;
