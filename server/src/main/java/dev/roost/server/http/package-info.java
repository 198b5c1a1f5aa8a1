/**
 * What all doors share: routes, the one gate that every request passes, answers and problems. Knows no tool and no account
 * operation. Jetty's handlers are classes, so {@link dev.roost.server.http.Entrance} extends one of them; nothing else
 * here inherits.
 */
@NullMarked
package dev.roost.server.http;

import org.jspecify.annotations.NullMarked;
