/** The demo: a whole life of an account against the simulator, checked against its ledger. */
@NullMarked
package dev.roost.cli.demo;

import org.jspecify.annotations.NullMarked;
