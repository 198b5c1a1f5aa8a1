/** What X still allows, known to all processes of an app. */
@NullMarked
package dev.roost.core.limits;

import org.jspecify.annotations.NullMarked;
