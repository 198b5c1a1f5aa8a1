/** Contract tests that every store and spool must pass, and the fakes that other tests build on. */
@NullMarked
package dev.roost.testkit;

import org.jspecify.annotations.NullMarked;
