/**
 * The doors of Roost: the callback of a sign-in, health, and the one way to call X for an account. Jetty's handlers are
 * classes, so {@link dev.roost.server.Entrance} extends one of them; nothing else here inherits.
 */
@NullMarked
package dev.roost.server;

import org.jspecify.annotations.NullMarked;
