/**
 * Real server processes on one real PostgreSQL, killed, paused and cut off by a seeded plan while callers ask for tokens and
 * post; the simulator's ledger judges. Start with {@code Chaos}.
 */
@NullMarked
package dev.roost.proof.chaos;

import org.jspecify.annotations.NullMarked;
