@NullMarked
package dev.roost.cli;

import org.jspecify.annotations.NullMarked;
