@NullMarked
package dev.roost.cli.settings;

import org.jspecify.annotations.NullMarked;
