/** The account API, {@code /v1}: connections, accounts, tokens, the calling key, the audit trail. */
@NullMarked
package dev.roost.server.v1;

import org.jspecify.annotations.NullMarked;
