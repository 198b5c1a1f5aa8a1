/** News for pages that are open: server-sent events. */
@NullMarked
package dev.roost.server.dashboard.live;

import org.jspecify.annotations.NullMarked;
