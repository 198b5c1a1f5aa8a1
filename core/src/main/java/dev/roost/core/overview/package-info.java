/** What people want to see of many accounts at once: a searched list, what comes next, and how refreshes went. */
@NullMarked
package dev.roost.core.overview;

import org.jspecify.annotations.NullMarked;
