/** What a process makes of X's limits. */
@NullMarked
package dev.roost.testkit.limits;

import org.jspecify.annotations.NullMarked;
