/** The story of an account, told from what the engine did. */
@NullMarked
package dev.roost.testkit.journal;

import org.jspecify.annotations.NullMarked;
