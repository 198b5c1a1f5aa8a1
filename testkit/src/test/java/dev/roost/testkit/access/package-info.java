/** API keys and the audit trail, against the memory store. */
@NullMarked
package dev.roost.testkit.access;

import org.jspecify.annotations.NullMarked;
