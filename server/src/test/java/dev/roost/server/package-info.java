@NullMarked
package dev.roost.server;

import org.jspecify.annotations.NullMarked;
