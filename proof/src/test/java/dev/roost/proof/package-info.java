/** Everything wired together and broken on purpose, with the simulator's ledger as the judge. */
@NullMarked
package dev.roost.proof;

import org.jspecify.annotations.NullMarked;
