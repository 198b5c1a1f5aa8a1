/** Webhooks, taken and checked by what others have written. */
@NullMarked
package dev.roost.proof.webhooks;

import org.jspecify.annotations.NullMarked;
