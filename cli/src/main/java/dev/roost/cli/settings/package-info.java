/** The settings: which there are, where they come from, and what is wrong with them. */
@NullMarked
package dev.roost.cli.settings;

import org.jspecify.annotations.NullMarked;
