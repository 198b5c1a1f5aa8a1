/**
 * A deterministic simulation of the engine: many schedules of several processes, one store and one X, each made from a
 * seed alone. Start with {@code Schedule}; {@code Simulate} is the long form.
 */
@NullMarked
package dev.roost.testkit.simulation;

import org.jspecify.annotations.NullMarked;
