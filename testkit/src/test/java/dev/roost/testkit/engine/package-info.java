/** Tests of the engine in core, against the memory store and a scripted X. */
@NullMarked
package dev.roost.testkit.engine;

import org.jspecify.annotations.NullMarked;
