/** A stand-in for X over real HTTP: faithful about tokens, and able to fail in every way X can. */
@NullMarked
package dev.roost.simulator;

import org.jspecify.annotations.NullMarked;
