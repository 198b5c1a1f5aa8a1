/** The fakes under the contracts they stand in for. */
@NullMarked
package dev.roost.testkit;

import org.jspecify.annotations.NullMarked;
