/** The life of an X grant: keeping it, refreshing it, and saying honestly when it is lost. */
@NullMarked
package dev.roost.core;

import org.jspecify.annotations.NullMarked;
