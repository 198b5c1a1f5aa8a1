/** The one way to call X for an account. */
@NullMarked
package dev.roost.server.accounts;

import org.jspecify.annotations.NullMarked;
