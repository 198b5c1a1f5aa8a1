/** The only place where the parts of Roost meet. */
@NullMarked
package dev.roost.cli.wiring;

import org.jspecify.annotations.NullMarked;
