/** The HTTP server and the list of everything that it answers. */
@NullMarked
package dev.roost.server;

import org.jspecify.annotations.NullMarked;
