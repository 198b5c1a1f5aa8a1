/** Who is signed in with a browser: a sealed cookie, without any HTTP server and without a table. */
@NullMarked
package dev.roost.server.session;

import org.jspecify.annotations.NullMarked;
