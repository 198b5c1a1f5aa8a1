/**
 * Where Roost keeps its grants: SQLite or PostgreSQL, with every secret sealed before it gets there. Begin at
 * {@link dev.roost.store.RoostStore}.
 */
@NullMarked
package dev.roost.store;

import org.jspecify.annotations.NullMarked;
