/** The first page: how everything stands. */
@NullMarked
package dev.roost.server.dashboard.overview;

import org.jspecify.annotations.NullMarked;
