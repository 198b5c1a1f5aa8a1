/** What {@code deploy/} and the runbook promise to whoever operates Roost. */
@NullMarked
package dev.roost.proof.operations;

import org.jspecify.annotations.NullMarked;
