/** X as Roost sees it: its OAuth endpoints, the API v2 calls Roost makes, and what each answer means. */
@NullMarked
package dev.roost.x;

import org.jspecify.annotations.NullMarked;
