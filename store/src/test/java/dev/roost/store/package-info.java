/** The contracts on real databases, and what can go wrong with files, keys and connections. */
@NullMarked
package dev.roost.store;

import org.jspecify.annotations.NullMarked;
