/** The log of each account, chained so that a change shows, and told so that people understand it. */
@NullMarked
package dev.roost.core.journal;

import org.jspecify.annotations.NullMarked;
