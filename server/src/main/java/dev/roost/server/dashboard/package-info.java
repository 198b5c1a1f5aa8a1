/** What people see of Roost in a browser. */
@NullMarked
package dev.roost.server.dashboard;

import org.jspecify.annotations.NullMarked;
