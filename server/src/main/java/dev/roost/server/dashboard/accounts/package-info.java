/** The accounts in the dashboard: the list of all, the page of each, and what people do with them there. */
@NullMarked
package dev.roost.server.dashboard.accounts;

import org.jspecify.annotations.NullMarked;
