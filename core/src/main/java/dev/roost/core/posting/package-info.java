/** Publishing a post once, though the same request is made twice. */
@NullMarked
package dev.roost.core.posting;

import org.jspecify.annotations.NullMarked;
